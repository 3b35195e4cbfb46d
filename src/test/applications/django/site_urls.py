from django.contrib import admin
from django.contrib.staticfiles.views import serve
from django.urls import path

from notes import views

urlpatterns = [
    path("", views.home),
    path("notes", views.notes),
    path("upload", views.upload),
    path("stream", views.stream),
    path("visits", views.visits),
    path("asynchronous", views.asynchronous),
    path("fails", views.fails),
    path("admin/", admin.site.urls),
    path("static/<path:path>", serve, {"insecure": True}),
]
