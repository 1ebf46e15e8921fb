package io.attested.sms.http.api;

import java.util.List;

/** The description of a package's controllers. A bean for each; a mapping without an entry fails the build. */
public interface ApiCatalogue {
    /** Where the endpoints stand in the documents. */
    ApiPart part();

    /** In the order of the documents. */
    List<Endpoint> endpoints();
}
