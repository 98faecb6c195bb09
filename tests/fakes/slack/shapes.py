"""The shapes of Block Kit that Slack takes, with slackblocks' limits.

Only what this fake can show to a person is known; every other type is refused like a wrong one.
"""

from __future__ import annotations

from slackblocks import _limits as limits

from tests.fakes.slack.checks import (
    Check,
    flag,
    items,
    one_of,
    plain_text,
    shape,
    some_of,
    string,
    text,
    typed,
    whole,
    word,
)
from tests.fakes.slack.model import Json

_ACTION = string(limits.ACTION_ID_MAX_LENGTH)
_URL = string(3000)
_PLACEHOLDER = plain_text(limits.SELECT_PLACEHOLDER_MAX_LENGTH)
_CONFIRM = shape(
    {
        "title": plain_text(limits.CONFIRMATION_TITLE_MAX_LENGTH),
        "text": text(limits.CONFIRMATION_TEXT_MAX_LENGTH),
        "confirm": plain_text(limits.CONFIRMATION_CONFIRM_MAX_LENGTH),
        "deny": plain_text(limits.CONFIRMATION_DENY_MAX_LENGTH),
    },
    {"style": word("primary", "danger")},
)


def _option(*kinds: str, url: bool = False) -> Check:
    more = {"description": text(limits.OPTION_DESCRIPTION_MAX_LENGTH, *kinds)}
    return shape(
        {
            "text": text(limits.OPTION_TEXT_MAX_LENGTH, *kinds),
            "value": string(limits.OPTION_VALUE_MAX_LENGTH),
        },
        {**more, "url": string(limits.OPTION_URL_MAX_LENGTH)} if url else more,
    )


_OPTION = _option("plain_text")
_CHOICES = items(_OPTION, limits.SELECT_OPTIONS_MAX_ITEMS)
_GROUPS = items(
    shape({"label": plain_text(limits.OPTION_GROUP_LABEL_MAX_LENGTH), "options": _CHOICES}, {}),
    limits.SELECT_OPTION_GROUPS_MAX_ITEMS,
)
_MARKED = _option()
_COMMON = {"action_id": _ACTION, "confirm": _CONFIRM, "focus_on_load": flag}


def _initial_is_offered(element: Json) -> str:
    groups = element.get("option_groups", [{"options": element.get("options", [])}])
    offered = [option for group in groups for option in group["options"]]
    initial = element.get("initial_options", [])
    chosen = [*initial, element["initial_option"]] if "initial_option" in element else initial
    return "" if all(option in offered for option in chosen) else "initial option is not offered"


def _picker(**initial: Check) -> Check:
    return shape({}, {**_COMMON, "placeholder": _PLACEHOLDER, **initial})


def _select(**more: Check) -> Check:
    allowed = {**_COMMON, "options": _CHOICES, "option_groups": _GROUPS, **more}
    return shape(
        {},
        {**allowed, "placeholder": _PLACEHOLDER},
        one_of("options", "option_groups"),
        _initial_is_offered,
    )


def _marks(most: int, **initial: Check) -> Check:
    options = {"options": items(_MARKED, most)}
    return shape(options, {**_COMMON, **initial}, _initial_is_offered)


def _field(**more: Check) -> Check:
    allowed = {"action_id": _ACTION, "focus_on_load": flag, "initial_value": string(3000, 0)}
    return shape({}, {**allowed, "placeholder": _PLACEHOLDER, **more}, _initial_fits)


def _initial_fits(element: Json) -> str:
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if most < least:
        return "max_length must not be less than min_length"
    if "initial_value" in element and not least <= len(element["initial_value"]) <= most:
        return "initial_value does not fit"
    return ""


_ELEMENTS: dict[str, Check] = {
    "button": shape(
        {"text": plain_text(limits.BUTTON_TEXT_MAX_LENGTH)},
        {
            "action_id": _ACTION,
            "value": string(limits.BUTTON_VALUE_MAX_LENGTH),
            "url": string(limits.BUTTON_URL_MAX_LENGTH),
            "style": word("primary", "danger"),
            "confirm": _CONFIRM,
            "accessibility_label": string(limits.BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH),
        },
    ),
    "overflow": shape(
        {
            "options": items(_option("plain_text", url=True), limits.OVERFLOW_OPTIONS_MAX_ITEMS),
        },
        {"action_id": _ACTION, "confirm": _CONFIRM},
    ),
    "static_select": _select(initial_option=_OPTION),
    "multi_static_select": _select(
        initial_options=_CHOICES, max_selected_items=whole(1, limits.SELECT_OPTIONS_MAX_ITEMS)
    ),
    "users_select": _picker(initial_user=string(20)),
    "channels_select": _picker(initial_channel=string(20)),
    "conversations_select": _picker(initial_conversation=string(20)),
    "datepicker": _picker(initial_date=string(10, 10)),
    "timepicker": _picker(initial_time=string(5, 5), timezone=string(100)),
    "radio_buttons": _marks(limits.RADIO_BUTTONS_OPTIONS_MAX_ITEMS, initial_option=_MARKED),
    "checkboxes": _marks(
        limits.CHECKBOXES_OPTIONS_MAX_ITEMS,
        initial_options=items(_MARKED, limits.CHECKBOXES_OPTIONS_MAX_ITEMS),
    ),
    "plain_text_input": _field(
        multiline=flag,
        min_length=whole(limits.PLAIN_TEXT_INPUT_MIN_LENGTH_MIN, 3000),
        max_length=whole(1, limits.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX),
        dispatch_action_config=shape(
            {"trigger_actions_on": items(word("on_enter_pressed", "on_character_entered"), 2)}, {}
        ),
    ),
    "email_text_input": _field(),
    "url_text_input": _field(),
    "number_input": shape(
        {"is_decimal_allowed": flag},
        {
            **_COMMON,
            "placeholder": _PLACEHOLDER,
            **dict.fromkeys(("initial_value", "min_value", "max_value"), string(40)),
        },
    ),
    "file_input": shape(
        {},
        {
            "action_id": _ACTION,
            "filetypes": items(string(20), 100),
            "max_files": whole(limits.FILE_INPUT_MAX_FILES_MIN, limits.FILE_INPUT_MAX_FILES_MAX),
        },
    ),
    "image": shape(
        {
            "image_url": string(limits.IMAGE_ELEMENT_IMAGE_URL_MAX_LENGTH),
            "alt_text": string(limits.IMAGE_ELEMENT_ALT_TEXT_MAX_LENGTH),
        },
        {},
    ),
    "plain_text": plain_text(limits.TEXT_MAX_LENGTH),
    "mrkdwn": text(limits.TEXT_MAX_LENGTH, "mrkdwn"),
}
_PICKERS = ("users_select", "channels_select", "conversations_select", "datepicker", "timepicker")
_MENUS = ("static_select", "radio_buttons", "checkboxes", *_PICKERS)
_FIELDS = ("file_input", "plain_text_input", "email_text_input", "url_text_input", "number_input")
_STYLE = shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))
_STYLED = {"style": _STYLE}
_INLINE = typed(
    {
        "text": shape({"text": string(limits.TEXT_MAX_LENGTH)}, _STYLED),
        "link": shape({"url": _URL}, {**_STYLED, "text": string(3000), "unsafe": flag}),
        "user": shape({"user_id": string(20)}, _STYLED),
        "channel": shape({"channel_id": string(20)}, _STYLED),
        "emoji": shape({"name": string(100)}, {**_STYLED, "unicode": string(100)}),
        "date": shape(
            {"timestamp": whole(0, 10**11), "format": string(200)},
            {**_STYLED, "url": _URL, "fallback": string(200)},
        ),
    }
)
_INLINES = {"elements": items(_INLINE, 1000, 0)}
_BORDER = {"border": whole(0, 1)}
_SECTION = shape(_INLINES, {})
_RICH = typed(
    {
        "rich_text_section": _SECTION,
        "rich_text_quote": shape(_INLINES, _BORDER),
        "rich_text_preformatted": shape(_INLINES, _BORDER),
        "rich_text_list": shape(
            {
                "style": word("bullet", "ordered"),
                "elements": items(typed({"rich_text_section": _SECTION}), 1000),
            },
            {
                **_BORDER,
                "indent": whole(0, limits.RICH_TEXT_LIST_INDENT_MAX),
                "offset": whole(0, 10**6),
            },
        ),
    }
)
_ID = {"block_id": string(limits.BLOCK_ID_MAX_LENGTH)}
_ACCESSORY = typed(_ELEMENTS, "button", "overflow", "image", "multi_static_select", *_MENUS)
BLOCKS: dict[str, Check] = {
    "section": shape(
        {},
        {
            **_ID,
            "text": text(limits.SECTION_TEXT_MAX_LENGTH),
            "fields": items(
                text(limits.SECTION_FIELDS_ITEM_MAX_LENGTH), limits.SECTION_FIELDS_MAX_ITEMS
            ),
            "accessory": _ACCESSORY,
            "expand": flag,
        },
        some_of("text", "fields"),
    ),
    "header": shape({"text": plain_text(limits.HEADER_TEXT_MAX_LENGTH)}, _ID),
    "divider": shape({}, _ID),
    "context": shape(
        {
            "elements": items(
                typed(_ELEMENTS, "image", "plain_text", "mrkdwn"),
                limits.CONTEXT_ELEMENTS_MAX_ITEMS,
            )
        },
        _ID,
    ),
    "actions": shape(
        {
            "elements": items(
                typed(_ELEMENTS, "button", "overflow", *_MENUS), limits.ACTIONS_ELEMENTS_MAX_ITEMS
            )
        },
        _ID,
    ),
    "input": shape(
        {
            "label": plain_text(limits.INPUT_LABEL_MAX_LENGTH),
            "element": typed(_ELEMENTS, "multi_static_select", *_MENUS, *_FIELDS),
        },
        {
            **_ID,
            "hint": plain_text(limits.INPUT_HINT_MAX_LENGTH),
            "optional": flag,
            "dispatch_action": flag,
        },
    ),
    "image": shape(
        {
            "image_url": string(limits.IMAGE_IMAGE_URL_MAX_LENGTH),
            "alt_text": string(limits.IMAGE_ALT_TEXT_MAX_LENGTH),
        },
        {**_ID, "title": plain_text(limits.IMAGE_TITLE_MAX_LENGTH)},
    ),
    "markdown": shape({"text": string(limits.MARKDOWN_TEXT_MAX_LENGTH)}, _ID),
    "rich_text": shape({"elements": items(_RICH, 1000)}, _ID),
}
HOME: dict[str, Check] = {
    "callback_id": string(limits.VIEW_CALLBACK_ID_MAX_LENGTH, 0),
    "external_id": string(limits.VIEW_EXTERNAL_ID_MAX_LENGTH, 0),
    "private_metadata": string(limits.VIEW_PRIVATE_METADATA_MAX_LENGTH, 0),
}
MODAL = {
    **HOME,
    "title": plain_text(limits.VIEW_TITLE_MAX_LENGTH),
    "submit": plain_text(limits.VIEW_SUBMIT_MAX_LENGTH),
    "close": plain_text(limits.VIEW_CLOSE_MAX_LENGTH),
    "clear_on_close": flag,
    "notify_on_close": flag,
}
