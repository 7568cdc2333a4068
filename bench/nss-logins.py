"""Reads the saved logins of a profile with NSS itself (libnss3), as the mail program does: the peer of passwords.mjs.

    python3 nss-logins.py PROFILE [PRIMARY_PASSWORD_FILE]    prints how many logins were read, and milliseconds inside
"""

import base64
import ctypes
import json
import sys
import time


class Item(ctypes.Structure):
    _fields_ = [("type", ctypes.c_uint), ("data", ctypes.c_void_p), ("len", ctypes.c_uint)]


def main(profile, password):
    nss = ctypes.CDLL("libnss3.so")
    nss.PK11_GetInternalKeySlot.restype = ctypes.c_void_p
    nss.PK11_CheckUserPassword.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    started = time.perf_counter()
    if nss.NSS_InitReadWrite(b"sql:" + profile.encode()) != 0:
        sys.exit("NSS cannot open it")
    slot = nss.PK11_GetInternalKeySlot()
    if nss.PK11_CheckUserPassword(slot, password) != 0:
        sys.exit("wrong primary password")
    with open(profile + "/logins.json", encoding="utf8") as file:
        logins = json.load(file)["logins"]
    read = sum(
        all(decrypted(nss, login[name]) is not None for name in ("encryptedUsername", "encryptedPassword"))
        for login in logins
    )
    print(json.dumps({"read": read, "ms": (time.perf_counter() - started) * 1000}))


def decrypted(nss, text):
    blob = base64.b64decode(text)
    given = Item(0, ctypes.cast(ctypes.create_string_buffer(blob, len(blob)), ctypes.c_void_p), len(blob))
    made = Item(0, None, 0)
    if nss.PK11SDR_Decrypt(ctypes.byref(given), ctypes.byref(made), None) != 0:
        return None
    return ctypes.string_at(made.data, made.len)


def password_in(file):
    with open(file, "rb") as opened:
        return opened.read().rstrip(b"\n")


main(sys.argv[1], password_in(sys.argv[2]) if len(sys.argv) > 2 else b"")
