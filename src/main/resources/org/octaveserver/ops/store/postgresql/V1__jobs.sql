-- Times are milliseconds since 1970. Texts that are compared are kept short (store.Keys); what people wrote is in "fixed" and
-- "status", as JSON. "settled" and "gone" are when a job ended and was deleted, by the clock of the store; each is there only
-- while the job is in such a state. A deleted job keeps no payloads, no callbacks and no address of its client (store.JobRows);
-- "scope" of its key is its principal, or the address of a client that has none.

-- Locked first by everything that changes anything: numbers of the counter become visible in their order.
create table head (
    one integer not null primary key check (one = 1),
    counter bigint not null,
    queued bigint not null,
    turn text not null
);
insert into head (one, counter, queued, turn) values (1, 0, 0, '');

-- What nodes that share the database have in common beside it: by which marks they know the directories, a keyed sum of the
-- secret (store.Agreement).
create table instance (
    one integer not null primary key check (one = 1),
    name text not null,
    jobs_directory text,
    bundles_directory text,
    callback_secret text
);

create table job (
    id uuid not null primary key,
    state text not null,
    sequence bigint not null,
    party text not null,
    owner text not null,
    client text not null,
    bundle text not null,
    version text not null,
    version_id text not null,
    release bigint not null,
    urgency integer not null,
    fixed text not null,
    attempt integer not null,
    status text not null,
    accepted bigint not null,
    claimed bigint,
    begun bigint,
    ended bigint,
    deleted bigint,
    settled bigint,
    gone bigint
);
create index job_queue on job (party, bundle, urgency, id) where state = 'QUEUED';
create index job_state on job (state, id, accepted);
create index job_owner on job (owner, state, id, bundle, version, accepted);
create index job_bundle on job (bundle, state, id, version, accepted);
create index job_changed on job (client, sequence) where state <> 'DELETED';
create index job_settled on job (settled) where settled is not null;
create index job_settled_of_party on job (party, settled) where settled is not null;
create index job_gone on job (gone) where gone is not null;

create table payload (
    job uuid not null references job (id) on delete cascade,
    kind text not null,
    inline bytea,
    file text,
    size bigint not null,
    sha256 text not null,
    primary key (job, kind)
);
create index payload_file on payload (file) where file is not null;

create table submission_key (
    scope text not null,
    name text not null,
    fingerprint text not null,
    job uuid not null references job (id) on delete cascade,
    primary key (scope, name)
);
create index submission_key_job on submission_key (job);

create table lease (
    job uuid not null primary key references job (id) on delete cascade,
    node text not null,
    attempt integer not null,
    until bigint not null,
    report text not null
);

-- So that nobody has to count: what waits, and what the arguments of open jobs and all of finished ones take.
create table waiting (
    party text not null,
    bundle text not null,
    jobs bigint not null,
    primary key (party, bundle)
);
create table party (
    name text not null primary key,
    queued bigint not null,
    open_bytes bigint not null,
    finished_bytes bigint not null
);
create index party_finished on party (finished_bytes);

-- "body" is what is sent under this number and never changes; "newer" is what has happened since, to be sent under another one.
create table delivery (
    number bigint generated always as identity primary key,
    job uuid not null references job (id) on delete cascade,
    event text not null,
    uri text not null,
    host text not null,
    tries integer not null,
    since bigint not null,
    due bigint not null,
    body text not null,
    newer text
);
create index delivery_host on delivery (host, due);
create index delivery_job on delivery (job);
