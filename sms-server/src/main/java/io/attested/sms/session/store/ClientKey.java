package io.attested.sms.session.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The key and certificate this service shows to a store. It never prints itself. */
public final class ClientKey {
    private final List<KeyManager> managers;

    private ClientKey(List<KeyManager> managers) {
        this.managers = managers;
    }

    /**
     * Reads a PKCS #12 key store with exactly one key.
     *
     * @param keyStore the file
     * @param passwordFile UTF-8 text whose first line is the password of store and key
     */
    public static ClientKey read(Path keyStore, Path passwordFile) {
        char[] password = password(passwordFile);
        try (InputStream file = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, password);
            requireOneKey(store, keyStore);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return new ClientKey(List.of(factory.getKeyManagers()));
        } catch (IOException | GeneralSecurityException e) {
            throw new StoreSettingRefused(
                    "the client key store " + keyStore + " cannot be read: " + e.getMessage()
                            + "; expected PKCS #12 that the first line of " + passwordFile + " opens",
                    e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void requireOneKey(KeyStore store, Path file) throws GeneralSecurityException {
        int keys = 0;
        for (String alias : Collections.list(store.aliases())) {
            keys += store.isKeyEntry(alias) ? 1 : 0;
        }
        if (keys != 1) {
            throw new StoreSettingRefused("the client key store " + file + " holds " + keys
                    + " keys; expected one, the key that owns the sessions; make a key store with that key alone");
        }
    }

    private static char[] password(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("").toCharArray();
        } catch (IOException e) {
            throw new StoreSettingRefused(
                    "the password file " + file + " of the client key store cannot be read: " + e.getMessage()
                            + "; expected a text file with the password in its first line",
                    e);
        }
    }

    KeyManager[] managers() {
        return managers.toArray(KeyManager[]::new);
    }
}
