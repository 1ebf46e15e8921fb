/**
 * {@code /admin} over HTTP with the original's paths and statuses (contract section 1.6), and the filter that keeps
 * requests out while the service is out of service.
 */
@NullMarked
package io.attested.sms.operate.admin.web;

import org.jspecify.annotations.NullMarked;
