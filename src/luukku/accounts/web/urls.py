"""The pages of one's own sign-in. Only what is named here is open: allauth's own list holds sign-up and other pages we do not have."""

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from luukku.accounts.web import mine, sessions, signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("", mine.mine, name="account_mine"),
    path("language/", mine.choose_language, name="account_language"),
    path("landing/", signing_in.landing, name="account_landing"),
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", signing_in.emptying(account.logout), name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sessions/", sessions.sessions, name="usersessions_list"),
    path("sessions/others/end/", sessions.end_others, name="usersessions_end_others"),
    path("sessions/<int:pk>/end/", sessions.end_one, name="usersessions_end"),
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("external/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("external/error/", social.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    # Closed: allauth must find these names, nobody a page.
    path("signup/", signing_in.closed, name="account_signup"),
    path("email/", signing_in.closed, name="account_email"),
    path("confirm-email/", signing_in.closed, name="account_email_verification_sent"),
    path("external/signup/", signing_in.closed, name="socialaccount_signup"),
    path("external/connections/", signing_in.closed, name="socialaccount_connections"),
]
