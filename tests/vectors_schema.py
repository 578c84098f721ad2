"""Validates every file of a folder of vectors against its schema, and sees that damaged ones are refused.

    vectors_schema.py DIR        exit status 77 where Debian's python3-jsonschema is missing
"""
import copy
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)

folder = pathlib.Path(sys.argv[1])
validators = {}
for path in folder.glob("schemas/*.schema.json"):
    schema = json.loads(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validators[path.name.removesuffix(".schema.json")] = jsonschema.Draft202012Validator(schema)

manifest = json.loads((folder / "manifest.json").read_text())
validators["manifest"].validate(manifest)
files = [entry for entry in manifest["files"] if "kind" in entry]
documents = [json.loads((folder / entry["path"]).read_text()) for entry in files]
for entry, document in zip(files, documents):
    assert (folder / entry["path"]).parent.joinpath(document["schema"]).resolve().name == entry["kind"] + ".schema.json"
    for error in validators[entry["kind"]].iter_errors(document):
        sys.exit(f"{entry['path']}: {list(error.path)}: {error.message[:200]}")


def damaged(document):
    """Each of these must be refused."""
    def changed(change):
        other = copy.deepcopy(document)
        change(other, other["vectors"][0])
        return other

    yield "another format", changed(lambda file, vector: file.update(format="vectors"))
    yield "a field more", changed(lambda file, vector: vector.update(more=1))
    yield "no claim", changed(lambda file, vector: vector.pop("tests"))
    yield "another result", changed(lambda file, vector: vector.update(result="maybe"))
    yield "no counts", changed(lambda file, vector: file.pop("counts"))
    if "outcomes" in document["vectors"][0]:
        yield "a number that is none", changed(lambda file, vector: vector["outcomes"][0].update(probability=0.5))
        yield "no outcome", changed(lambda file, vector: vector.update(outcomes=[]))
        yield "invalid without what kills it", changed(lambda file, vector: vector.update(result="invalid"))


for kind in ("compressor-law", "step", "trajectory", "constants"):
    document = next(document for document in documents if document["kind"] == kind)
    for what, other in damaged(document):
        if validators[kind].is_valid(other):
            sys.exit(f"{kind}: accepted: {what}")
print(f"{len(documents)} files")
