package io.attested.sms.worker.app;

/**
 * Why a tree cannot be measured.
 *
 * @param reason the rule that is broken
 * @param where path of the entry inside the tree, with everything but printable ASCII replaced by {@code ?}
 */
public record TreeRefusal(Reason reason, String where) {
    /** Replaces what a terminal could misread. */
    public TreeRefusal {
        where = where.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** What happened, what was expected, what to do. */
    public String message() {
        return "\"" + where + "\" " + reason.explanation();
    }

    /** The rules. */
    public enum Reason {
        /** A link's target is absolute, leaves the tree or goes up after it went down. */
        LINK_OUT_OF_TREE("is a link that leads out of the tree, or could. A link must be relative, with \"..\" only at "
                + "its beginning and never above the root; put a copy of the target into the tree instead"),
        /** Neither file, directory nor link. */
        SPECIAL_FILE("is a device, socket or pipe. A tree holds files, directories and links; remove it"),
        /** A name or link target that is not valid UTF-8. */
        NAME_NOT_UTF8("has a name or link target that is not valid UTF-8; rename it"),
        /** Two names that are the same after Unicode normalisation NFC. */
        NAMES_DIFFER_IN_NORMALISATION(
                "has a twin whose name differs only in Unicode normalisation (NFC); rename one of the two"),
        /** No regular file {@code sms-launch.json} at the root. */
        LAUNCH_LINE_MISSING("is missing. The tree's root needs this file to say what is started, for example "
                + "{\"program\":\"bin/app\",\"arguments\":[]}"),
        /** {@code sms-launch.json} cannot be read as a launch line. */
        LAUNCH_LINE_MALFORMED(
                "is no launch line. Expected is an object with the text \"program\" and, if needed, the list "
                        + "of texts \"arguments\", and nothing else"),
        /** The program named in the launch line is not in the tree. */
        PROGRAM_MISSING("is named as the program, but is no file or link of the tree; correct sms-launch.json");

        private final String explanation;

        Reason(String explanation) {
            this.explanation = explanation;
        }

        String explanation() {
            return explanation;
        }
    }
}
