# JSON: written and read by the library, by its C code and by its Python code.
import json
from json import decoder, encoder, scanner

data = {
    "users": [
        {
            "id": i,
            "name": "Üser %d" % i,
            "tags": ["t%d" % (i % 7), "quote \" and \\", None, True],
            "score": i / 7,
            "nested": {"a": [i, i + 1, {"b": [[]]}], "empty": {}},
        }
        for i in range(250)
    ]
}
text = json.dumps(data, sort_keys=True)
back = json.loads(text)
print(back == data, len(text), len(json.dumps(back, ensure_ascii=False, indent=1)))

encoder.c_make_encoder = None
encoder.encode_basestring_ascii = encoder.py_encode_basestring_ascii
python_text = json.JSONEncoder(sort_keys=True).encode(data)
reader = decoder.JSONDecoder()
reader.parse_string = decoder.py_scanstring
reader.scan_once = scanner.py_make_scanner(reader)
print(python_text == text, reader.decode(text) == data)
