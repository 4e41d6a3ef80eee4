package io.weir.qumulo.client.rest;

import io.weir.qumulo.client.rest.HttpExchange.Opened;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.HttpUrl;

/** An answer's body; says which call, where and after how many bytes, if it breaks off. For one thread. */
final class AnswerStream extends FilterInputStream {
    private final ApiRequest request;
    private final HttpUrl endpoint;
    private long count;

    AnswerStream(ApiRequest request, Opened opened) {
        super(opened.body());
        this.request = request;
        this.endpoint = opened.answer().endpoint();
    }

    private interface Read {
        int from(InputStream in) throws IOException;
    }

    private int read(Read read) throws QumuloException {
        try {
            return read.from(in);
        } catch (IOException e) {
            throw new QumuloException(
                    request + " broke off after " + count + " bytes: cluster='" + endpoint + "': " + e
                            + "; try from there, if the file is still the same",
                    Reason.UNAVAILABLE,
                    e);
        }
    }

    @Override
    public int read() throws QumuloException {
        int b = read(InputStream::read);
        count += b < 0 ? 0 : 1;
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws QumuloException {
        int read = read(from -> from.read(buffer, offset, length));
        count += Math.max(0, read);
        return read;
    }
}
