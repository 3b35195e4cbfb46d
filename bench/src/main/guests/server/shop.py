from flask import Flask

application = Flask(__name__)


@application.route("/")
def hello():
    return "hello\n", {"Content-Type": "text/plain"}


# What Flask does for a first request, every copy of a program that is started once would do.
application.test_client().get("/")
