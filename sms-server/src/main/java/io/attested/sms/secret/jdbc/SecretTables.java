package io.attested.sms.secret.jdbc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.Sealed;
import io.attested.sms.secret.ChallengeMark;
import io.attested.sms.secret.SealedSecret;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code secrets}, {@code owners_seen} and {@code accepted_challenges}; SQL that H2 and PostgreSQL share. */
public final class SecretTables implements SecretStore {
    private final JdbcClient jdbc;

    public SecretTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<SealedSecret> find(SecretId id, Address owner) {
        return jdbc.sql("select version, mark, measurements_digest, wrapped_key, ciphertext, pushed_at from secrets"
                        + " where kind = ? and asset = ? and name = ? and owner = ?")
                .params(id.kind().word(), id.asset().toString(), id.name(), owner.toString())
                .query((row, number) -> secret(id, owner, row))
                .optional();
    }

    private static SealedSecret secret(SecretId id, Address owner, ResultSet row) throws SQLException {
        return new SealedSecret(
                id,
                owner,
                row.getLong("version"),
                new ChallengeMark(Bytes32.of(row.getBytes("mark"))),
                Bytes32.parse(row.getString("measurements_digest")),
                new Sealed(row.getBytes("wrapped_key"), row.getBytes("ciphertext")),
                Instant.ofEpochMilli(row.getLong("pushed_at")));
    }

    @Override
    public boolean existsForAnyOwner(SecretId id) {
        return jdbc.sql("select count(*) from secrets where kind = ? and asset = ? and name = ?")
                        .params(id.kind().word(), id.asset().toString(), id.name())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    public int countOf(Address owner) {
        return jdbc.sql("select count(*) from secrets where owner = ?")
                .param(owner.toString())
                .query(Integer.class)
                .single();
    }

    @Override
    public void insert(SealedSecret secret) {
        jdbc.sql("insert into secrets (kind, asset, name, owner, version, mark, measurements_digest, wrapped_key,"
                        + " ciphertext, pushed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        secret.id().kind().word(),
                        secret.id().asset().toString(),
                        secret.id().name(),
                        secret.owner().toString(),
                        secret.version(),
                        secret.mark().mac().bytes(),
                        secret.measurementsDigest().toString(),
                        secret.value().wrappedKey(),
                        secret.value().ciphertext(),
                        secret.pushedAt().toEpochMilli())
                .update();
    }

    @Override
    public void replace(SealedSecret secret) {
        int rows = jdbc.sql("update secrets set version = ?, mark = ?, measurements_digest = ?, wrapped_key = ?,"
                        + " ciphertext = ?, pushed_at = ?"
                        + " where kind = ? and asset = ? and name = ? and owner = ? and version = ?")
                .params(
                        secret.version(),
                        secret.mark().mac().bytes(),
                        secret.measurementsDigest().toString(),
                        secret.value().wrappedKey(),
                        secret.value().ciphertext(),
                        secret.pushedAt().toEpochMilli(),
                        secret.id().kind().word(),
                        secret.id().asset().toString(),
                        secret.id().name(),
                        secret.owner().toString(),
                        secret.version() - 1)
                .update();
        if (rows != 1) {
            throw new IllegalStateException("the version before " + secret.version() + " is not the current one");
        }
    }

    @Override
    public Optional<Address> ownerLastSeen(Address asset) {
        return jdbc.sql("select owner from owners_seen where asset = ?")
                .param(asset.toString())
                .query(String.class)
                .optional()
                .map(Address::parse);
    }

    @Override
    public void rememberOwner(Address asset, Address owner) {
        int known = jdbc.sql("update owners_seen set owner = ? where asset = ?")
                .params(owner.toString(), asset.toString())
                .update();
        if (known == 0) {
            jdbc.sql("insert into owners_seen (asset, owner) values (?, ?)")
                    .params(asset.toString(), owner.toString())
                    .update();
        }
    }

    @Override
    public boolean isAccepted(ChallengeMark mark) {
        return jdbc.sql("select count(*) from accepted_challenges where mark = ?")
                        .param(mark.mac().bytes())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    public void accept(ChallengeMark mark) {
        jdbc.sql("insert into accepted_challenges (mark) values (?) on conflict do nothing")
                .param(mark.mac().bytes())
                .update();
    }
}
