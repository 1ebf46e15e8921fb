/** The native protocol over HTTP: parses, delegates, answers. Decides nothing. */
@NullMarked
package io.attested.sms.release.web;

import org.jspecify.annotations.NullMarked;
