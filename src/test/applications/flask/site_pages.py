"""A page for each thing that a site does, by Flask."""
import hashlib
import os
import sqlite3

from flask import Flask, redirect, render_template, request, session, url_for

application = Flask(__name__)
application.secret_key = "of the tests"


def database():
    connection = sqlite3.connect("/data/notes.sqlite3")
    connection.execute("CREATE TABLE IF NOT EXISTS note (text)")
    return connection


@application.get("/")
def home():
    return "hello"


@application.route("/notes", methods=["GET", "POST"])
def notes():
    with database() as connection:
        if request.method == "POST":
            connection.execute("INSERT INTO note VALUES (?)", [request.form["text"]])
            return redirect(url_for("notes"))
        return render_template("notes.html", notes=connection.execute("SELECT text FROM note"))


@application.post("/upload")
def upload():
    file = request.files["file"]
    file.save(os.path.join("/data", "uploaded"))
    with open("/data/uploaded", "rb") as stored:
        digest = hashlib.sha256(stored.read()).hexdigest()
    return "%s %s %s" % (request.form["title"], file.filename, digest)


@application.get("/visits")
def visits():
    session["visits"] = session.get("visits", 0) + 1
    return str(session["visits"])


@application.get("/stream")
def stream():
    return ("line %d\n" % number for number in range(3)), {"Content-Type": "text/plain"}


@application.get("/asynchronous")
async def asynchronous():
    import asyncio

    return await asyncio.to_thread(lambda: "there and back")


@application.get("/fails")
def fails():
    raise KeyError("in a view")


# What Flask does for a first request is done once.
application.test_client().get("/")
