package io.attested.sms.bench.demo;

/** What came of one try to get a task's secrets. */
sealed interface Attempt {

    /**
     * The envelope was opened.
     *
     * @param detail what the application did with it
     */
    record Granted(String detail) implements Attempt {}

    /**
     * Nothing was released, or nothing was started.
     *
     * @param code as the service or the boot stage said it
     */
    record Refused(String code, String detail) implements Attempt {}

    /** The envelope was opened, but something else went wrong: the story does not hold. */
    record Broken(String detail) implements Attempt {}
}
