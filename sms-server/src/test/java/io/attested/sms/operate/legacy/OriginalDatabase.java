package io.attested.sms.operate.legacy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * A database as the original makes it: by H2 2.2.224 (in a class loader of its own), tables as contract section 6.2, values
 * as section 6.3.
 */
public final class OriginalDatabase implements AutoCloseable {
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final List<String> TABLES = List.of(
            "create table \"web2secret\" (\"address\" varchar(255) not null, \"owner_address\" varchar(255) not null,"
                    + " \"value\" varchar(8192), primary key (\"address\", \"owner_address\"))",
            "create table \"web3secret\" (\"address\" varchar(255) not null, \"value\" varchar(8192),"
                    + " primary key (\"address\"))",
            "create table \"tee_task_compute_secret\" (\"on_chain_object_type\" tinyint not null check"
                    + " (\"on_chain_object_type\" between 0 and 0), \"on_chain_object_address\" varchar(255) not null,"
                    + " \"secret_owner_role\" tinyint not null check (\"secret_owner_role\" between 0 and 1),"
                    + " \"fixed_secret_owner\" varchar(255) not null, \"key\" varchar(255) not null,"
                    + " \"value\" varchar(8192) not null, primary key (\"on_chain_object_type\","
                    + " \"on_chain_object_address\", \"secret_owner_role\", \"fixed_secret_owner\", \"key\"))",
            "create table \"ethereum_credentials\" (\"id\" varchar(255) not null, \"private_key\" varchar(255),"
                    + " \"is_encrypted\" boolean not null, \"address\" varchar(255), primary key (\"id\"))",
            "create table \"tee_challenge\" (\"id\" varchar(255) not null, \"task_id\" varchar(255),"
                    + " \"final_deadline\" timestamp(6) with time zone, \"credentials_id\" varchar(255) unique,"
                    + " primary key (\"id\"), foreign key (\"credentials_id\") references \"ethereum_credentials\")");

    private final Path folder;
    private final URLClassLoader loader;
    private final Connection connection;
    private int challenges;

    private OriginalDatabase(Path folder, URLClassLoader loader, Connection connection) {
        this.folder = folder;
        this.loader = loader;
        this.connection = connection;
    }

    /** An empty one, open as while the original runs. */
    public static OriginalDatabase create(Path folder) throws Exception {
        Files.createDirectories(folder);
        Files.write(folder.resolve("aes.key"), Base64.getEncoder().encode(KEY));
        URL jar = Path.of("target/old-h2/h2-2.2.224.jar").toUri().toURL();
        URLClassLoader loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        Driver driver = (Driver)
                loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
        Properties login = new Properties();
        login.setProperty("user", "sa");
        login.setProperty("password", "");
        Connection connection = driver.connect("jdbc:h2:file:" + folder.resolve("sms-h2"), login);
        OriginalDatabase database = new OriginalDatabase(folder, loader, connection);
        for (String table : TABLES) {
            database.sql(table);
        }
        return database;
    }

    public Path file() {
        return folder.resolve("sms-h2.mv.db");
    }

    public Path script() {
        return folder.resolve("backup.sql");
    }

    public Path keyFile() {
        return folder.resolve("aes.key");
    }

    /** As the original does it: AES-128 in ECB mode, base64; a blank value becomes the empty text. */
    public static String encrypted(String plain) {
        if (plain.isBlank()) {
            return "";
        }
        try {
            Cipher cipher = Cipher.getInstance("AES");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"));
            return Base64.getEncoder().encodeToString(cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public void account(String owner, String name, String plain) throws SQLException {
        row("web2secret", name, owner, encrypted(plain));
    }

    public void dataset(String address, String plain) throws SQLException {
        row("web3secret", address, encrypted(plain));
    }

    public void app(String address, String plain) throws SQLException {
        row("tee_task_compute_secret", 0, address, 0, "", "1", encrypted(plain));
    }

    public void requester(String owner, String key, String plain) throws SQLException {
        row("tee_task_compute_secret", 0, "", 1, owner, key, encrypted(plain));
    }

    /** {@code deadline} is SQL. */
    public void challenge(String task, String deadline, String storedKey, boolean encrypted, String address)
            throws SQLException {
        challenges++;
        row("ethereum_credentials", "c" + challenges, storedKey, encrypted, address);
        sql("insert into \"tee_challenge\" values ('t" + challenges + "', '" + task + "', " + deadline + ", 'c"
                + challenges + "')");
    }

    public void row(String table, Object... values) throws SQLException {
        String marks = "?" + ", ?".repeat(values.length - 1);
        try (var insert = connection.prepareStatement("insert into \"" + table + "\" values (" + marks + ")")) {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }

    public void sql(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    /** Writes {@code backup.sql} as the original's backup does. */
    public void backUp() throws SQLException {
        sql("script drop to '" + script() + "'");
    }

    @Override
    public void close() throws SQLException, IOException {
        if (!connection.isClosed()) {
            connection.close();
            loader.close();
        }
    }
}
