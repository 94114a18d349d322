"""Addresses of sign-in and profile."""

from django.urls import path

from jiangxue.portals.signin import joining, profile, recovering, registering, second_factor, set_password, views

app_name = "signin"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", second_factor.give, name="second_factor"),
    path("sign-in/set-up/", second_factor.set_up, name="set_up_second_factor"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("register/", registering.edit, name="register"),
    path("join/<str:token>/", joining.join, name="join"),
    path("recover/", recovering.edit, name="recover"),
    path("set-password/<str:token>/", set_password.edit, name="set_password"),
    path("profile/", profile.show, name="profile"),
    path("profile/numbers/", profile.reveal, name="reveal"),
    path("profile/password/", profile.password, name="password"),
    path("profile/recovery-codes/", second_factor.renew, name="recovery_codes"),
    path("profile/roles/", profile.roles, name="roles"),
]
