package io.weir.posix;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that system calls read and write, lying still at an address. Not safe for several threads. */
public final class NativeBuffer {
    private final ByteBuffer bytes;
    private final long address;

    /** @param capacity bytes */
    public NativeBuffer(int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
        address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
    }

    /** Its bytes, in the machine's order; valid as long as this is reachable. */
    public ByteBuffer bytes() {
        return bytes;
    }

    public int capacity() {
        return bytes.capacity();
    }

    long address() {
        return address;
    }
}
