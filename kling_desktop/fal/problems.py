"""The problems that talking to fal can end in, in plain words, each with what it costs."""

from __future__ import annotations

from kling_desktop.records.problem import Charge, ProblemKind, Remedy, Severity

# The way to the server.

ADDRESS_NOT_FOUND = ProblemKind(
    code="fal_address_not_found",
    what="fal cannot be reached.",
    why="The address {host} was not found.",
    do="Check the internet connection. It is tried again by itself.",
)
NOT_CONNECTED = ProblemKind(
    code="fal_not_connected",
    what="fal cannot be reached.",
    why="{host} did not take the connection.",
    do="Check the internet connection. It is tried again by itself.",
)
NOT_TRUSTED = ProblemKind(
    code="fal_not_trusted",
    what="The connection to {host} is not safe, so nothing was sent.",
    why="Its certificate cannot be trusted. Networks that want a sign-in first often cause this.",
    do="Open a web page to sign in to the network, or ask whoever runs it.",
)
PROXY_TROUBLE = ProblemKind(
    code="fal_proxy_trouble",
    what="fal cannot be reached.",
    why="The proxy set for this computer did not pass the connection on.",
    do="Check the proxy settings of the system.",
)
ANSWER_LOST = ProblemKind(
    code="fal_answer_lost",
    what="The connection to {host} broke.",
    why="No complete answer came back.",
    do="It is tried again by itself.",
)
TOO_SLOW = ProblemKind(
    code="fal_too_slow",
    what="{host} took too long to answer.",
    do="It is tried again by itself.",
)
SERVER_TROUBLE = ProblemKind(
    code="fal_server_trouble",
    what="fal has trouble right now.",
    why="{host} answered with error {status}.",
    do="It is tried again by itself.",
)
BUSY = ProblemKind(
    code="fal_busy",
    what="fal asks to wait.",
    why="More requests are coming in than it takes from one account at a time.",
    do="It is tried again by itself.",
)
UNINTELLIGIBLE = ProblemKind(
    code="fal_unintelligible",
    what="The answer from {host} makes no sense.",
    why="It is not what fal answers. A network that wants a sign-in first often causes this.",
    do="Check the internet connection. It is tried again by itself.",
)
ADDRESS_REFUSED = ProblemKind(
    code="fal_address_refused",
    what="The address {address} is not used.",
    why="Only https addresses on the internet are safe to go to.",
)
SERVER_ADDRESS_REFUSED = ProblemKind(
    code="fal_server_address_refused",
    what="The server address {address} cannot be used.",
    why="It must begin with https://, or with http:// and point to this computer, and hold no name "
    "or password.",
    do="Correct the address given with --fal-url.",
)

# The account.

KEY_REFUSED = ProblemKind(
    code="fal_key_refused",
    what="fal does not know this key.",
    why="It may have been deleted, or a part of it is missing.",
    do="Copy the whole key from your fal dashboard again.",
    remedy=Remedy.ENTER_KEY,
)
KEY_MALFORMED = ProblemKind(
    code="fal_key_malformed",
    what="This does not look like a fal key.",
    why="A key is a line of plain letters and digits with a colon in the middle.",
    do="Copy the whole key from your fal dashboard again.",
    remedy=Remedy.ENTER_KEY,
)
KEY_LIMITED = ProblemKind(
    code="fal_key_limited",
    what="fal knows this key, but it may not look up the account.",
    why="The key has few permissions.",
    do="You can make clips with it. Prices and history from fal may be missing.",
    severity=Severity.WARNING,
)
KEY_UNCHECKED = ProblemKind(
    code="fal_key_unchecked",
    what="The key could not be checked.",
    why="{reason}",
    do="It is used as it is. If it is wrong, the clip waits and you are asked again.",
    severity=Severity.WARNING,
)
BALANCE_EMPTY = ProblemKind(
    code="fal_balance_empty",
    what="Your fal balance is used up.",
    why="fal makes no clips until there is money on the account. The key itself is fine.",
    do="Top up your balance at fal, then send again.",
    remedy=Remedy.OPEN_BILLING,
)
FORBIDDEN = ProblemKind(
    code="fal_forbidden",
    what="fal does not allow this with your key.",
    why="The key lacks a permission, or the account may not use this model.",
    do="Look at the permissions of the key in your fal dashboard, or enter another key.",
    remedy=Remedy.ENTER_KEY,
)

# Sending a job.

SUBMIT_UNCONFIRMED = ProblemKind(
    code="fal_submit_unconfirmed",
    what="The connection broke while sending. fal may have the job.",
    why="fal's answer did not arrive whole, so nobody here knows whether the clip is being made.",
    do="It is not sent again by itself, because that could cost twice.",
    charge=Charge.MAY_BE,
)
MODEL_UNKNOWN = ProblemKind(
    code="fal_model_unknown",
    what="fal has no model called {endpoint_id}.",
    why="It may have been renamed or withdrawn.",
    do="Choose another model.",
)
INPUT_REFUSED = ProblemKind(
    code="fal_input_refused",
    what="fal refused these settings.",
    why="{reason}",
    do="Change what is named here and send again.",
)
INPUT_TOO_LARGE = ProblemKind(
    code="fal_input_too_large",
    what="The job is too large to send.",
    why="fal takes only so much in one request.",
    do="Use smaller files or fewer of them.",
)

# What became of a job.

REQUEST_GONE = ProblemKind(
    code="fal_request_gone",
    what="fal no longer has this job.",
    why="Results are kept for a limited time, and other accounts cannot see them.",
    do="If the clip was made, your fal dashboard still lists it.",
    charge=Charge.MAY_BE,
)
MODEL_FAILED = ProblemKind(
    code="fal_model_failed",
    what="The model could not make this clip.",
    why="{reason}",
    do="Send it again, or change the settings.",
    charge=Charge.MAY_BE,
)
FAL_FAILED = ProblemKind(
    code="fal_failed_inside",
    what="fal failed while making this clip.",
    why="{reason}",
    do="Send it again. fal does not charge for its own failures.",
    charge=Charge.NOT_CHARGED,
)
STARTED_TOO_LATE = ProblemKind(
    code="fal_started_too_late",
    what="fal could not start this clip in time.",
    why="No machine was free.",
    do="Send it again.",
    charge=Charge.NOT_CHARGED,
)
CONTENT_REFUSED = ProblemKind(
    code="fal_content_refused",
    what="The content check stopped this clip.",
    why="{reason}",
    do="Change the prompt or the picture.",
    charge=Charge.MAY_BE,
)
NOTHING_MADE = ProblemKind(
    code="fal_nothing_made",
    what="The model made nothing from this prompt.",
    why="{reason}",
    do="Change the prompt.",
    charge=Charge.MAY_BE,
)
CANCELLED_AT_FAL = ProblemKind(
    code="fal_cancelled",
    what="fal stopped this job.",
    why="It was asked to.",
    charge=Charge.PROBABLY_NOT,
)

# Files.

FILE_EMPTY = ProblemKind(
    code="upload_file_empty",
    what="{name} is empty.",
    why="It has no bytes.",
    do="Choose another file.",
)
FILE_UNREADABLE = ProblemKind(
    code="upload_file_unreadable",
    what="{name} cannot be read.",
    why="{reason}",
    do="Choose the file again.",
)
UPLOADS_NOT_TAKEN = ProblemKind(
    code="upload_not_taken",
    what="{host} does not take this upload.",
    why="It answered with error {status}.",
    do="Use a web address of the file instead.",
)
LINK_GONE = ProblemKind(
    code="download_link_gone",
    what="The file is no longer where fal said.",
    why="{host} answered with error {status}.",
    do="It is looked up once more. Your fal dashboard may still have it.",
    charge=Charge.MAY_BE,
)
DOWNLOAD_STALLED = ProblemKind(
    code="download_stalled",
    what="The download stands still.",
    why="{host} sends almost nothing.",
    do="It goes on from where it stopped, by itself.",
)
DOWNLOAD_CUT = ProblemKind(
    code="download_cut",
    what="The download broke off.",
    why="Only {got} of {all} bytes came.",
    do="It goes on from where it stopped, by itself.",
)
FILE_TOO_LARGE = ProblemKind(
    code="download_too_large",
    what="The file is too large to fetch.",
    why="It is larger than {most} GB.",
    do="Fetch it from your fal dashboard.",
    charge=Charge.MAY_BE,
)
DISK_FULL = ProblemKind(
    code="download_disk_full",
    what="The disk is full.",
    why="{folder} has no room for the file.",
    do="Make room or choose another folder. The clip waits at fal meanwhile.",
    charge=Charge.MAY_BE,
    remedy=Remedy.CHOOSE_FOLDER,
)
FOLDER_REFUSED = ProblemKind(
    code="download_folder_refused",
    what="The clip cannot be saved in {folder}.",
    why="{reason}",
    do="Choose another folder. The clip waits at fal meanwhile.",
    charge=Charge.MAY_BE,
    remedy=Remedy.CHOOSE_FOLDER,
)
