"""The words of the face check, translated for the island that shows them (keys: web/islands/face/messages.ts)."""

from django.utils.translation import gettext as _


def face_messages() -> dict[str, str]:
    """Return every message of the face check by its key; `{name}` stands for a value that the page fills in, and lists have one item a line."""
    return _before() | _in_front() | _results() | _reasons() | _facts() | _otherwise() | _missing() | _allowing()


def _before() -> dict[str, str]:
    return {
        "enrol_title": _("Store your face once"),
        "enrol_line": _("It takes less than a minute: hold still, then do a few small movements."),
        "check_title": _("Look into the camera"),
        "check_line": _("It takes a few seconds; learning then goes on by itself."),
        "trial_title": _("Try your device"),
        "trial_line": _(
            "It tries camera, light and network. Pictures are sent to the server for that, and none is kept."
        ),
        "tips": _(
            "Face the light, not the window behind you\nNo mask, no hat over the eyes\nHold the phone upright, at arm's length"
        ),
        "start": _("Open the camera"),
        "flash_warning": _(
            "The screen may change its soft colours, at most twice a second. If that is hard for you to bear, choose “No colours”."
        ),
        "flash_off": _("No colours"),
        "actions_chosen": _(
            "The screen keeps its colour. Enrolling and some checks need colours: ask your head teacher to have them left out, or let staff confirm you."
        ),
        "flash_on": _("Colours are fine for me"),
        "asking_title": _("Please allow the camera"),
        "asking_line": _("The browser is asking: choose “Allow”."),
        "asking_long": _("No question to be seen? Allow the camera like this:"),
    }


def _in_front() -> dict[str, str]:
    return {
        "beginning": _("One moment, please"),
        "beginning_again": _("Weak network, trying again"),
        "busy": _("Many people just now"),
        "queue": _("{place} ahead of you"),
        "time_stands": _("The time does not run while you wait"),
        "seconds_left": _("{seconds} s left"),
        "hold_still": _("Good, hold still"),
        "hint_no_face": _("Face in the circle"),
        "hint_many_faces": _("Nobody else in the picture, please"),
        "hint_closer": _("Come closer"),
        "hint_farther": _("Move back a little"),
        "hint_centre": _("To the middle"),
        "hint_dark": _("Too dark"),
        "hint_bright": _("Too bright"),
        "hint_blurred": _("Hold it steady"),
        "hint_straight": _("Look straight at it"),
        "flashing": _("Look here, hold still"),
        "action_turn_left": _("Turn to your left"),
        "action_turn_right": _("Turn to your right"),
        "action_open_mouth": _("Open your mouth"),
        "action_blink": _("Blink once"),
        "rest": _("Look straight again"),
        "step": _("Movement {number} of {of}"),
        "judging": _("Thank you, one moment"),
        "settling": _("Thank you, one moment"),
        "settling_again": _("Weak network, please stay"),
        "was_hidden": _("You left this page for a while; the time went on"),
    }


def _results() -> dict[str, str]:
    return {
        "enrol_passed_title": _("Stored"),
        "enrol_passed_line": _("From now on a look into the camera is enough, now and then while you learn."),
        "check_passed_title": _("It is you"),
        "check_passed_line": _("The time so far is confirmed; learning goes on."),
        "trial_passed_title": _("Your device is ready"),
        "trial_passed_line": _("You can learn with it."),
        "again_title": _("Once more, please"),
        "again_line": _("It was not clear enough to decide."),
        "step_up_title": _("Once more, a little longer"),
        "step_up_line": _("Most of it fits. To be sure there are a few movements more, about half a minute."),
        "review_title": _("A person looks at it"),
        "review_line": _(
            "The pictures cannot be decided by a program. Your hours are kept and wait for the answer; you need not do anything."
        ),
        "failed_title": _("Not confirmed this time"),
        "failed_line": _("The next page says what that means for your hours, and how to appeal."),
        "enrol_review_title": _("A person looks at it"),
        "enrol_review_line": _("The pictures cannot be decided by a program. You need not do anything."),
        "enrol_failed_title": _("Not stored this time"),
        "enrol_failed_line": _("You can have it done in person instead."),
        "blocked_title": _("The picture comes from camera software"),
        "blocked_line": _(
            "The check needs the camera itself: what programs for meetings, beauty or broadcasts have made of the picture cannot be used."
        ),
        "blocked_steps": _(
            "Close the camera program\nIn the browser's camera settings choose the built-in camera\nThen try again"
        ),
    }


def _reasons() -> dict[str, str]:
    return {
        "code_not_seen_well": _("The face could not be seen well: go where it is brighter, and keep it in the circle."),
        "code_not_sure_it_is_you": _(
            "It does not look enough like the stored picture: take off mask, hat or tinted glasses."
        ),
        "code_not_live": _(
            "Colours or movements were not to be seen on the face: turn the screen up, and do the movements clearly."
        ),
        "code_virtual_camera": _("The picture comes from a camera program."),
        "code_camera_software": _("The picture has passed through a camera program or a beauty filter."),
        "code_repeated_frames": _("The picture stood still: the camera may be stuck."),
        "code_too_late": _("The time was over."),
        "code_other_face": _("The person in the picture looks different from the stored picture."),
        "code_flash_needed": _(
            "This check needs the colours of the screen. If they may harm you, ask your head teacher to have them left out, or have staff confirm that it is you; otherwise allow them and try again."
        ),
        "broken_connection_lost": _("The connection was lost."),
        "broken_confused": _("The connection did not work as it should; that is not your doing."),
        "attempts_left": _("You can try {left} more times."),
        "again": _("Try once more"),
        "go_on": _("Go on"),
    }


def _facts() -> dict[str, str]:
    return {
        "fact_camera": _("Camera: works ({width} × {height})"),
        "fact_light_good": _("Light: good"),
        "fact_light_dark": _("Light: too dark. Turn on a lamp, or face the window."),
        "fact_light_bright": _("Light: too bright. Turn away from the lamp or the sun."),
        "fact_speed_good": _("Sending: good ({frames} pictures a second)"),
        "fact_speed_slow": _("Sending: slow ({frames} pictures a second). Wi-Fi may be better."),
        "fact_delay_good": _("Network: good ({ms} ms)"),
        "fact_delay_slow": _("Network: slow ({ms} ms). A check may take longer."),
    }


def _otherwise() -> dict[str, str]:
    return {
        "refused_title": _("This cannot begin yet"),
        "stopped_title": _("Stopped"),
        "stopped_line": _("The camera is off. You can begin again."),
        "fault_title": _("Please load the page anew"),
        "fault_line": _("This page and the server do not understand each other any more, or you have been signed out."),
        "reload": _("Load the page anew"),
        "over": _("One moment…"),
        "excusing": _("Telling the server…"),
        "excusing_again": _("Weak network, sending again…"),
        "excuse_note": _("If the check is not possible here, say so: no time is taken away for it."),
    }


def _missing() -> dict[str, str]:
    return {
        "no_camera_title": _("No camera found"),
        "no_camera_steps": _(
            "Plug the camera in, or open its cover\nIs it switched off by a key of the computer?\nOr take another phone or computer: sign in there and open the same page"
        ),
        "denied_title": _("The camera is not allowed yet"),
        "in_use_title": _("The camera does not start"),
        "in_use_steps": _(
            "Close programs that may use it: meetings, chat, other browser windows\nPlug it in again, or restart the device\nThen try once more"
        ),
        "insecure_title": _("This address cannot use the camera"),
        "insecure_steps": _(
            "Browsers allow cameras only at addresses that begin with https://\nOpen the platform by the address that your institution gave you\nIf it begins with http://, tell your institution"
        ),
        "old_browser_title": _("This browser cannot do it"),
        "old_browser_steps": _(
            "In WeChat: press “…” at the top right, then open it in the browser\nUpdate the browser, or use a recent Chrome, Edge, Huawei Browser or Safari\nOn an iPhone or iPad, update the system to 14.3 or later"
        ),
        "no_service_title": _("The face check cannot be reached"),
        "no_service_steps": _("This is not your doing, and no time is taken away for it\nTry again in a few minutes"),
    }


def _allowing() -> dict[str, str]:
    return {
        "allow_wechat_android": _(
            "Open the phone's settings, then apps, WeChat, permissions\nAllow the camera\nCome back to WeChat and try again"
        ),
        "allow_wechat_ios": _(
            "Open the settings of the iPhone and find WeChat\nTurn on the camera\nCome back to WeChat and try again"
        ),
        "allow_safari_ios": _(
            "Press the sign beside the address, then the website's settings\nSet the camera to “Allow”\nStill not? In the system's settings, Safari, camera: “Allow”"
        ),
        "allow_huawei": _(
            "Open the phone's settings, then apps, Browser, permissions, camera: allow\nIn the browser: menu, settings, site settings, camera: allow\nCome back to this page and try again"
        ),
        "allow_chinese_android": _(
            "Open the phone's settings, then apps, this browser, permissions\nAllow the camera\nCome back and try again; or open the page in the browser that came with the phone"
        ),
        "allow_chrome_android": _(
            "Press the sign beside the address, then permissions\nTurn on the camera\nLoad the page anew and try again"
        ),
        "allow_firefox": _(
            "Press the crossed-out camera beside the address\nRemove “Blocked”\nTry again and choose “Allow”"
        ),
        "allow_chinese_desktop": _(
            "Press the sign beside the address and set the camera to “Allow”\nUse the fast mode (极速模式) of this browser, or a recent Edge or Chrome\nLoad the page anew and try again"
        ),
        "allow_safari_mac": _(
            "In the menu: Safari, settings for this website, camera: “Allow”\nIn the system's settings: privacy, camera: turn Safari on\nLoad the page anew and try again"
        ),
        "allow_desktop": _(
            "Press the sign beside the address and set the camera to “Allow”\nIn the settings of Windows: privacy, camera: allow desktop apps to use it\nLoad the page anew and try again"
        ),
    }
