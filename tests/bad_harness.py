"""A harness that does one thing wrong. bad_harness.py HOW"""

import json
import os
import sys
import time

how = sys.argv[1]
SUBJECT = {"name": "same", "kind": "compressor", "reference": "identity", "dimensions": [2, 1]}
for line in sys.stdin:
    request = json.loads(line)
    call, answer = request["call"], {"id": request["id"]}
    if call == "start":
        answer.update(protocol=2 if how == "protocol" else 1, implementation="bad", subjects=[SUBJECT])
        if how == "no-subjects":
            answer["subjects"] = []
        if how == "unknown-kind":
            answer["subjects"][0] = {**SUBJECT, "kind": "quantizer"}
    elif call == "describe":
        answer.update(omega=0, delta=1)
    elif call == "compress":
        y = [v if isinstance(v, str) else float(v) for v in request["x"]]
        answers = [dict(answer, y=y) for _ in range(request["count"])]
        if how == "exit":
            print("out of cheese", file=sys.stderr)
            sys.exit(3)
        if how == "signal":
            os.abort()
        if how == "hang":
            time.sleep(60)
        if how == "garbage":
            print("Traceback \x01 or whatever")
        if how == "other-id":
            answers[0]["id"] += 1
        if how == "too-many":
            answers.append(answers[0])
        if how == "too-few":
            answers.pop()
        if how == "flood":
            while True:
                sys.stdout.write("x" * 100_000)
        if how == "wrong-type":
            answers[0]["y"] = "vector"
        if how == "wrong-length":
            answers[0]["y"] = y + [0.0]
        for one in answers:
            print(json.dumps(one))
        sys.stdout.flush()
        continue
    print(json.dumps(answer))
    sys.stdout.flush()
    if call == "stop":
        break
