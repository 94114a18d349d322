"""Addresses of sign-in and profile."""

from django.urls import path

from jiangxue.portals.signin import profile, recovering, registering, views

app_name = "signin"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("register/", registering.edit, name="register"),
    path("recover/", recovering.edit, name="recover"),
    path("profile/", profile.show, name="profile"),
    path("profile/numbers/", profile.reveal, name="reveal"),
    path("profile/password/", profile.password, name="password"),
    path("profile/roles/", profile.roles, name="roles"),
]
