package io.attested.sms.bench.conformance;

/** What a service answers while its out-of-service switch keeps it closed, contract section 1.6. */
public final class OutOfService {
    /** The body of the 503. */
    public static final String TEXT =
            "The server is temporarily unable to serve your request due to maintenance downtime";

    private OutOfService() {}

    /** Whether the service is closed so. */
    public static boolean closes(Service service) {
        return service.send(Request.get("/tee/framework")) instanceof Answer answer
                && answer.status() == 503
                && answer.body().equals(TEXT);
    }
}
