/**
 * How a session reaches a third party's store, whichever store it is.
 *
 * <p>Owns the HTTPS exchange with a peer whose key is pinned and the reading of pins and client keys from files. Refuses
 * plain HTTP, redirects, and every peer without the pinned key. Knows the port {@code session.SessionStore} and no
 * document of any store.
 */
@NullMarked
package io.attested.sms.session.store;

import org.jspecify.annotations.NullMarked;
