"""A page for each thing that a site does, by Bottle."""
import hashlib
import os
import sqlite3

from bottle import Bottle, redirect, request, response, static_file, template

application = Bottle()

SECRET = "of the tests"
PAGE = """<!DOCTYPE html>
<link rel="stylesheet" href="{{style}}">
<form method="post"><input name="text"><button>Add</button></form>
<ul>
% for note in notes:
  <li>{{note[0]}}</li>
% end
</ul>
"""


def database():
    connection = sqlite3.connect("/data/notes.sqlite3")
    connection.execute("CREATE TABLE IF NOT EXISTS note (text)")
    return connection


@application.get("/")
def home():
    return "hello"


@application.route("/notes", method=["GET", "POST"])
def notes():
    with database() as connection:
        if request.method == "POST":
            connection.execute("INSERT INTO note VALUES (?)", [request.forms.text])
            connection.commit()
            redirect(request.url)
        style = request.script_name + "static/style.css"
        return template(PAGE, style=style, notes=list(connection.execute("SELECT text FROM note")))


@application.post("/upload")
def upload():
    file = request.files.file
    file.save("/data/uploaded", overwrite=True)
    with open("/data/uploaded", "rb") as stored:
        digest = hashlib.sha256(stored.read()).hexdigest()
    return "%s %s %s" % (request.forms.title, file.filename, digest)


@application.get("/visits")
def visits():
    count = int(request.get_cookie("visits", "0", secret=SECRET)) + 1
    response.set_cookie("visits", str(count), secret=SECRET)
    return str(count)


@application.get("/stream")
def stream():
    response.content_type = "text/plain"
    for number in range(3):
        yield "line %d\n" % number


@application.get("/static/<path:path>")
def static(path):
    return static_file(path, os.path.join(os.path.dirname(__file__), "static"))


@application.get("/fails")
def fails():
    raise KeyError("in a view")
