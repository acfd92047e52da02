"""When the X server is gone, the app ends in order.

Qt leaves its loop then, and the tasks end. Where Xlib notices first, as Qt flushes what it sends,
it would end the process on the spot: what it is told here is to go on, so that Qt notices next.
https://www.x.org/releases/X11R7.7/doc/libX11/libX11/libX11.html#Using_the_Default_Error_Handlers
"""

from __future__ import annotations

import ctypes

from PySide6.QtGui import QGuiApplication, QNativeInterface

_LIBRARY = "libX11.so.6"  # the one that Qt has loaded
_on_error = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(lambda _display: 0)
_in_place_of_exit = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: None)


def outlive_display(application: QGuiApplication) -> None:
    """Let Xlib leave the end to Qt. Nothing is done off X11, nor with a libX11 before 1.7."""
    native = application.nativeInterface()  # PySide has one for X11 elsewhere, too
    is_x11 = application.platformName() == "xcb"
    if not (is_x11 and isinstance(native, QNativeInterface.QX11Application)):
        return
    xlib = ctypes.CDLL(_LIBRARY)
    if hasattr(xlib, "XSetIOErrorExitHandler"):
        xlib.XSetIOErrorHandler(_on_error)
        xlib.XSetIOErrorExitHandler(ctypes.c_void_p(native.display()), _in_place_of_exit, None)
