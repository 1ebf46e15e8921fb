package io.attested.sms.task.ipfs;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One node of a UnixFS file: bytes of its own, then those of the nodes it links to. Sources: the dag-pb and UnixFS
 * specifications of IPFS.
 *
 * @param data the node's own bytes
 * @param links to the rest of the file, in order
 * @param fileSize bytes of the whole file below this node, as it says itself
 */
record UnixFsNode(byte[] data, List<Cid> links, long fileSize) {
    private static final int RAW = 0;
    private static final int FILE = 2;

    private record Content(byte[] data, long fileSize) {}

    /** Reads a dag-pb block that holds a file or a piece of one. */
    static UnixFsNode parse(byte[] block) throws MalformedBlockException {
        List<Cid> links = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        Fields fields = new Fields(block);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> contents.add(fields.bytesValue());
                case 2 -> links.add(link(fields.bytesValue()));
                default -> throw new MalformedBlockException("the block has a field that dag-pb does not have");
            }
        }
        if (contents.size() != 1) {
            throw new MalformedBlockException("the block holds no file");
        }
        Content content = content(contents.getFirst());
        return new UnixFsNode(content.data(), List.copyOf(links), content.fileSize());
    }

    private static Cid link(byte[] bytes) throws MalformedBlockException {
        List<byte[]> hashes = new ArrayList<>();
        Fields fields = new Fields(bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> hashes.add(fields.bytesValue());
                case 2 -> fields.bytesValue();
                case 3 -> fields.longValue();
                default -> throw new MalformedBlockException("a link has a field that dag-pb does not have");
            }
        }
        if (hashes.size() != 1) {
            throw new MalformedBlockException("a link names no block");
        }
        return Cid.ofBytes(hashes.getFirst())
                .orElseThrow(() -> new MalformedBlockException("a link is no CID with SHA-256, raw or dag-pb"));
    }

    private static Content content(byte[] bytes) throws MalformedBlockException {
        long type = -1;
        byte[] data = new byte[0];
        long fileSize = -1;
        Fields fields = new Fields(bytes);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> type = fields.longValue();
                case 2 -> data = fields.bytesValue();
                case 3 -> fileSize = fields.longValue();
                // Sizes of the pieces, permissions, times: nothing that makes other bytes of the file.
                case 4, 5, 6, 7, 8 -> fields.skip();
                default -> throw new MalformedBlockException("the file has a field that UnixFS does not have");
            }
        }
        if (type != FILE && type != RAW) {
            throw new MalformedBlockException("it is no file: a directory, a link or something else");
        }
        return new Content(data, fileSize < 0 ? data.length : fileSize);
    }

    /**
     * The dag-pb block of a file that fits into one, as {@code ipfs add} makes it.
     *
     * @param withSize whether it tells the file's size, which {@code ipfs add} does and others leave out
     */
    static byte[] single(byte[] content, boolean withSize) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(1 << 3);
        file.write(FILE);
        if (content.length > 0) {
            putBytes(file, 2, content);
        }
        if (withSize) {
            file.write(3 << 3);
            putVarint(file, content.length);
        }
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        putBytes(node, 1, file.toByteArray());
        return node.toByteArray();
    }

    private static void putBytes(ByteArrayOutputStream out, int number, byte[] value) {
        out.write(number << 3 | 2);
        putVarint(out, value.length);
        out.writeBytes(value);
    }

    private static void putVarint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
