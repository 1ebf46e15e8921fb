package io.attested.sms.audit;

/** What an entry of the log is about. The names are part of the log's format. */
public enum Event {
    /** First entry of every store. */
    STORE_CREATED,
    /** A first value of a secret was stored. */
    SECRET_PUSHED,
    /** An account secret got another value. */
    SECRET_REPLACED,
    /** A session without secrets was handed to a worker. */
    SESSION_GRANTED,
    /** A session with secrets was about to leave for a session store. */
    SESSION_RELEASED,
    /** An envelope was released. */
    GRANTED,
    /** A release was refused to correctly signed requests for an existing task. */
    REFUSED,
    /** An asset with secrets was seen with another owner than before. */
    OWNER_CHANGED,
    /** The service runs with another measurements file than before. */
    MEASUREMENTS_CHANGED,
    /** The service runs with another evidence policy than before. */
    POLICY_CHANGED,
    /** A backup was restored into the store. */
    STORE_RESTORED,
    /** A value was taken over from another service's database. */
    SECRET_IMPORTED,
    /** A task's challenge key was taken over likewise. */
    CHALLENGE_KEY_IMPORTED
}
