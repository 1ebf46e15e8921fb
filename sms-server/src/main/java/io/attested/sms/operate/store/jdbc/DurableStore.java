package io.attested.sms.operate.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.attested.sms.operate.store.StoreRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The database of a store, opened and migrated.
 *
 * <p>H2 writes each commit to the file ({@code WRITE_DELAY=0}) but forces nothing to disk by itself; {@link #force}
 * does, by {@code CHECKPOINT SYNC}. Only what was committed before a {@code force} that returned survives.
 *
 * <p>Space in the file is never used twice ({@code REUSE_SPACE=FALSE}). With H2's usual way of filling gaps, 9 of 54 kills
 * (SIGKILL under 64 writers, of a store killed twice before) lost the last 1 to 240 commits although each was forced.
 * From one and the same file, 2 of 40 kills lost some with it and none of 106 without. That is a measurement, not a proof:
 * why H2 recovers to an older state was not found. The price: the file does not shrink, not by a clean close either; it
 * grew by about 4 KB for each push under 64 writers.
 *
 * <p>Limit: a loss of power may tear what was being written. H2 does not check whole chunks; in 2 of 140 simulated losses
 * with reused space it took the file for a new one, in none of 220 without. Such a file is refused, see
 * {@link StoreRefused.Reason#NOT_A_STORE}, and has to be restored from a backup.
 */
public final class DurableStore implements AutoCloseable {
    private static final String OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;REUSE_SPACE=FALSE";

    /**
     * H2's file system that opens a file again. The plain one lets the first thread that is interrupted while it reads
     * close the file, and with it the database, for everybody.
     */
    private static final String UNINTERRUPTED = "retry:";

    private static final String DATABASE = "sms";
    private static final int POOL_SIZE = 8;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);

    private final HikariDataSource dataSource;
    private final LongSupplier usableBytes;

    private DurableStore(HikariDataSource dataSource, LongSupplier usableBytes) {
        this.dataSource = dataSource;
        this.usableBytes = usableBytes;
    }

    /**
     * Opens or creates the database in a folder of its own, mode 0700.
     *
     * @param ownUser numeric id of the user the service runs as
     * @throws StoreRefused when the folder is not safe, or the database is in use or damaged
     */
    public static DurableStore open(Path folder, long ownUser) {
        return open(folder, ownUser, UNINTERRUPTED);
    }

    /**
     * The same, through another file system of H2.
     *
     * @param scheme the file system's scheme with its colon; several are layers, as in {@code "split:retry:"}
     */
    public static DurableStore open(Path folder, long ownUser, String scheme) {
        StoreFolder place = new StoreFolder(folder.toAbsolutePath().normalize(), ownUser);
        place.prepare();
        HikariDataSource dataSource = connect("jdbc:h2:" + scheme + place.path().resolve(DATABASE) + OPTIONS);
        DurableStore store = new DurableStore(dataSource, place::usableBytes);
        try {
            store.migrate(place);
            store.force();
            place.rememberDatabase();
            return store;
        } catch (FlywayException | DataAccessException e) {
            store.close();
            throw unavailable(e);
        } catch (StoreRefused refused) {
            store.close();
            throw refused;
        }
    }

    private static HikariDataSource connect(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("sa");
        config.setPassword("");
        config.setPoolName("sms-store");
        config.setMaximumPoolSize(POOL_SIZE);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        // H2 closes the database with its last connection; an embedded one gains nothing from fresh connections.
        config.setMaxLifetime(0);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw unavailable(e);
        }
    }

    /**
     * Never on a database that lost everything: H2 takes a file in which it finds no intact chunk for a new one, and the
     * first write would bury what a repair could still find.
     */
    private void migrate(StoreFolder place) {
        boolean empty = jdbc().sql("select count(*) from information_schema.tables where table_schema = 'public'")
                        .query(Integer.class)
                        .single()
                == 0;
        if (empty && place.heldADatabase()) {
            throw new StoreRefused(
                    StoreRefused.Reason.NOT_A_STORE,
                    "the store's folder " + place.path() + " held a database, which is now empty or damaged; expected"
                            + " the store that was created there; keep the files, and restore the store from a backup");
        }
        Flyway.configure().dataSource(dataSource).load().migrate();
    }

    private static StoreRefused unavailable(RuntimeException e) {
        return new StoreRefused(
                StoreRefused.Reason.UNAVAILABLE,
                "the store's database does not open (" + e.getMessage()
                        + "); expected an undamaged store that no other process uses; stop the other service, or"
                        + " restore the store from a backup",
                e);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** For reads anywhere, and for writes inside {@code AuditLog.commit}. */
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    public PlatformTransactionManager transactions() {
        return new JdbcTransactionManager(dataSource);
    }

    /** Forces everything committed so far to disk. */
    public void force() {
        jdbc().sql("checkpoint sync").update();
    }

    /** Space the disk has left, in bytes; 0 when it does not say. */
    public long usableBytes() {
        return usableBytes.getAsLong();
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
