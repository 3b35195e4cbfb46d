"""A page for each thing that a site does."""
import asyncio
import hashlib

from asgiref.sync import async_to_sync, sync_to_async
from django import forms
from django.core.files.storage import default_storage
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from notes.models import Note


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["text"]


def home(request):
    return HttpResponse("hello")


def notes(request):
    form = NoteForm(request.POST or None)
    if form.is_valid():
        form.save()
        return HttpResponseRedirect(request.path)
    return render(request, "notes/notes.html", {"form": form, "notes": Note.objects.order_by("id")})


@csrf_exempt
def upload(request):
    file = request.FILES["file"]
    name = default_storage.save(file.name, file)
    with default_storage.open(name) as stored:
        digest = hashlib.sha256(stored.read()).hexdigest()
    return HttpResponse("%s %s %s" % (request.POST["title"], file.name, digest))


def stream(request):
    return StreamingHttpResponse(
        ("line %d\n" % number for number in range(3)), content_type="text/plain"
    )


def visits(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return HttpResponse(str(request.session["visits"]))


async def asynchronous(request):
    """It waits, asks the database, and calls a function that calls a coroutine."""
    await asyncio.sleep(0.01)
    number = await Note.objects.acount()
    there, back = await asyncio.gather(sync_to_async(_there)(), asyncio.to_thread(_back))
    return HttpResponse("%d %s %s" % (number, there, back))


def _there():
    return async_to_sync(_slowly)("there")


def _back():
    return "and back"


async def _slowly(text):
    await asyncio.sleep(0.01)
    return text


def fails(request):
    raise KeyError("in a view")
