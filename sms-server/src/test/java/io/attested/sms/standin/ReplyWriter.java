package io.attested.sms.standin;

import java.io.IOException;
import java.io.OutputStream;

/** Writes what a {@link Reply} says. */
final class ReplyWriter {
    private static final int BLOCK = 8192;

    private final OutputStream out;

    ReplyWriter(OutputStream out) {
        this.out = out;
    }

    /** Whether the connection may serve another request. */
    boolean write(Reply reply) throws IOException, InterruptedException {
        return switch (reply) {
            case Reply.Answer answer -> whole(answer);
            case Reply.Late(var delay, var then) -> {
                Thread.sleep(delay);
                yield write(then);
            }
            case Reply.Closed() -> false;
            case Reply.Half(int status) -> {
                head(status, 1000);
                out.write(new byte[500]);
                out.flush();
                yield false;
            }
            case Reply.Flood(int status, long bytes) -> flood(status, bytes);
            case Reply.Raw(String text) -> {
                out.write(StandInServer.ascii(text));
                out.flush();
                yield true;
            }
            case Reply.Drip(int status, var pause) -> {
                head(status, Integer.MAX_VALUE);
                while (true) {
                    out.write('.');
                    out.flush();
                    Thread.sleep(pause);
                }
            }
        };
    }

    private boolean whole(Reply.Answer answer) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " \r\n");
        for (Received.Header header : answer.headers()) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (answer.status() != 204 && answer.status() != 304) {
            head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        out.write(StandInServer.ascii(head + "\r\n"));
        out.write(answer.body());
        out.flush();
        return true;
    }

    private boolean flood(int status, long bytes) throws IOException {
        head(status, bytes);
        byte[] block = new byte[BLOCK];
        for (long sent = 0; sent < bytes; sent += BLOCK) {
            out.write(block, 0, (int) Math.min(BLOCK, bytes - sent));
        }
        out.flush();
        return true;
    }

    private void head(int status, long length) throws IOException {
        out.write(StandInServer.ascii("HTTP/1.1 " + status + " \r\nContent-Length: " + length + "\r\n\r\n"));
        out.flush();
    }
}
