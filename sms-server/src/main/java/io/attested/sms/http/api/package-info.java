/**
 * What the HTTP API answers, as data: endpoints with their inputs and answers, and the OpenAPI document made of them.
 *
 * <p>Each package of controllers describes its own in an {@link io.attested.sms.http.api.ApiCatalogue}. A test compares the
 * catalogues with the request mappings in both directions, and the pages under {@code docs/reference} with the catalogues.
 * Knows no feature.
 */
@NullMarked
package io.attested.sms.http.api;

import org.jspecify.annotations.NullMarked;
