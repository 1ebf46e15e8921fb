package io.attested.sms.contracts;

import java.util.List;

/**
 * What the lens of dataset orders answers.
 *
 * @param frame which block this is
 * @param facet the facet of the hub that judges dataset orders; the zero address when it has none
 * @param orders in the order asked
 */
public record DatasetOrdersLensView(LensFrame frame, Part<String> facet, List<DatasetOrderView> orders) {}
