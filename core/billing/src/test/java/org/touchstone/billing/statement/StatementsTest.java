package org.touchstone.billing.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.billing.BilledMedium;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.PriceList;
import org.touchstone.billing.Unit;
import org.touchstone.billing.UsageFact;
import org.touchstone.billing.statement.Statement.FreeLine;
import org.touchstone.billing.statement.Statement.Line;
import org.touchstone.billing.statement.Statement.Total;
import org.touchstone.billing.statement.Statements.Month;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Account;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.ObjectStore;

class StatementsTest {
  private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final PriceList OLD =
      new PriceList("old", "USD", 10_000, 50_000, 1, Instant.EPOCH);
  private static final PriceList NEW =
      new PriceList("new", "USD", 20_000, 60_000, 2, Instant.EPOCH);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Account ACCOUNT =
      Account.of("acme", "=Acme <b> & \"Sons\"", Instant.parse("2026-10-02T10:00:00Z"));

  private static EmbeddedS3 server;
  private static int buckets;

  private final AtomicReference<Instant> now = new AtomicReference<>();
  private ObjectStore objects;
  private Ledger ledger;
  private Statements statements;
  private int analyses;

  @BeforeAll
  static void start() {
    server = EmbeddedS3.inMemory();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    String bucket = "statements-" + buckets++;
    server.createBucket(bucket);
    objects = new ObjectStore(server.client(), bucket);
    ledger = new Ledger(objects);
    statements = new Statements(objects, ledger, now::get);
  }

  private String use(String at, PriceList prices, BilledMedium... media) {
    String id = "%026d".formatted(analyses++);
    ledger.record(UsageFact.of(id, ACCOUNT.id(), "key", Instant.parse(at), prices, List.of(media)));
    return id;
  }

  private static BilledMedium medium(
      Modality modality, Double seconds, PriceList prices, BilledMedium.Free free) {
    Unit unit = Unit.of(modality);
    long units = unit.count(seconds);
    long each = prices.micros(unit);
    return new BilledMedium(
        null, null, modality, seconds, unit, units, each, free == null ? units * each : 0, free);
  }

  private static BilledMedium image(PriceList prices) {
    return medium(Modality.IMAGE, null, prices, null);
  }

  private Statement at(String time, YearMonth month) {
    now.set(Instant.parse(time));
    return statements.find(ACCOUNT, month, LONG).orElseThrow();
  }

  @Test
  void addsUpByKindAndPriceAndCountsWhatIsFree() {
    use("2026-10-31T23:59:59.999Z", OLD, image(OLD), medium(Modality.VIDEO, 61.0, OLD, null));
    use("2026-10-05T00:00:00Z", OLD, image(OLD));
    use("2026-10-06T00:00:00Z", NEW, image(NEW));
    use(
        "2026-10-06T01:00:00Z",
        NEW,
        medium(Modality.IMAGE, null, NEW, BilledMedium.Free.ABSTAINED),
        medium(Modality.IMAGE, null, NEW, BilledMedium.Free.ANALYSED_BEFORE));
    use("2026-11-01T00:00:00Z", NEW, image(NEW));

    Statement october = at("2026-11-05T00:00:00Z", OCTOBER);

    assertThat(october.lines())
        .containsExactlyInAnyOrder(
            new Line(Modality.IMAGE, Unit.IMAGE, "old", "USD", 10_000, 2, 2, 20_000),
            new Line(Modality.IMAGE, Unit.IMAGE, "new", "USD", 20_000, 1, 1, 20_000),
            new Line(Modality.VIDEO, Unit.VIDEO_MINUTE, "old", "USD", 50_000, 1, 2, 100_000));
    assertThat(october.free())
        .containsExactlyInAnyOrder(
            new FreeLine(Modality.IMAGE, BilledMedium.Free.ABSTAINED, 1),
            new FreeLine(Modality.IMAGE, BilledMedium.Free.ANALYSED_BEFORE, 1));
    assertThat(october.totals()).containsExactly(new Total("USD", 140_000));
    assertThat(october.analyses()).isEqualTo(4);
    assertThat(october.isClosed()).isTrue();
  }

  @Test
  void monthIsOpenUntilADayAfterItsEnd() {
    use("2026-10-31T12:00:00Z", OLD, image(OLD));
    assertThat(at("2026-11-01T23:59:59Z", OCTOBER).isClosed()).isFalse();
    use("2026-10-31T13:00:00Z", OLD, image(OLD));

    Statement closed = at("2026-11-02T00:00:00Z", OCTOBER);

    assertThat(closed.isClosed()).isTrue();
    assertThat(closed.totals()).containsExactly(new Total("USD", 20_000));
  }

  @Test
  void closedMonthNeverChangesAndTheNextNamesWhatCameLate() {
    use("2026-10-10T12:00:00Z", OLD, image(OLD));
    Statement closed = at("2026-11-03T00:00:00Z", OCTOBER);
    String late = use("2026-10-10T13:00:00Z", OLD, image(OLD));
    String lateOnAnotherDay = use("2026-10-20T13:00:00Z", OLD, image(OLD));
    use("2026-11-04T00:00:00Z", NEW, image(NEW));

    assertThat(at("2026-11-06T00:00:00Z", OCTOBER)).isEqualTo(closed);
    Statement open = at("2026-11-06T00:00:00Z", NOVEMBER);
    Statement november = at("2026-12-02T00:00:00Z", NOVEMBER);

    assertThat(List.of(open, november))
        .allSatisfy(
            statement -> {
              assertThat(statement.late())
                  .extracting(Statement.LateLine::analysisId)
                  .containsExactly(late, lateOnAnotherDay);
              assertThat(statement.totals()).containsExactly(new Total("USD", 40_000));
            });
    assertThat(at("2027-01-02T00:00:00Z", YearMonth.of(2026, 12)).late()).isEmpty();
  }

  @Test
  void factThatCameAfterItsDayWasAddedUpIsInItsMonth() {
    use("2026-10-10T12:00:00Z", OLD, image(OLD));
    at("2026-10-20T00:00:00Z", OCTOBER);
    use("2026-10-10T13:00:00Z", OLD, image(OLD));

    assertThat(at("2026-10-20T00:00:00Z", OCTOBER).totals())
        .containsExactly(new Total("USD", 20_000));
    Statement closed = at("2026-11-03T00:00:00Z", OCTOBER);
    assertThat(closed.totals()).containsExactly(new Total("USD", 20_000));
    assertThat(closed.late()).isEmpty();
    assertThat(at("2026-11-03T00:00:00Z", NOVEMBER).late()).isEmpty();
  }

  @Test
  void sumsOfAllStatementsAreTheLedgers() {
    int month = 10_000;
    for (int day = 10; day < 30; day++) {
      use("2026-10-%dT12:00:00Z".formatted(day), OLD, image(OLD));
      use("2026-11-%dT12:00:00Z".formatted(day), OLD, image(OLD));
      at("2026-11-%dT00:00:00Z".formatted(day), OCTOBER);
    }

    long sum =
        List.of(OCTOBER, NOVEMBER, YearMonth.of(2026, 12)).stream()
            .flatMap(m -> at("2027-02-05T00:00:00Z", m).totals().stream())
            .mapToLong(Total::micros)
            .sum();

    assertThat(sum).isEqualTo(40L * month);
  }

  @Test
  void accountHasMonthsFromItsFirstOn() {
    now.set(Instant.parse("2026-12-03T00:00:00Z"));
    assertThat(statements.find(ACCOUNT, SEPTEMBER, LONG)).isEmpty();
    assertThat(statements.find(ACCOUNT, YearMonth.of(2027, 1), LONG)).isEmpty();
    statements.find(ACCOUNT, OCTOBER, LONG);

    assertThat(statements.months(ACCOUNT))
        .containsExactly(
            new Month("2026-12", false), new Month("2026-11", false), new Month("2026-10", true));

    use("2026-09-01T00:00:00Z", OLD, image(OLD));
    assertThat(statements.find(ACCOUNT, SEPTEMBER, LONG)).isPresent();
  }

  @Test
  void statementThatTakesTooLongIsAnsweredLater() {
    use("2026-11-10T12:00:00Z", OLD, image(OLD));
    now.set(Instant.parse("2026-11-10T13:00:00Z"));

    assertThatThrownBy(() -> statements.find(ACCOUNT, NOVEMBER, Duration.ofSeconds(-1)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().retryAfterSeconds()).isPositive());
  }

  /** Asks with little time until there is an answer; says how often it was asked. */
  private int askUntilThereIsAStatement(Statements small, YearMonth month) {
    for (int asked = 1; ; asked++) {
      try {
        small.find(ACCOUNT, month, Duration.ofSeconds(4));
        return asked;
      } catch (ProblemException e) {
        assertThat(e.problem().type()).isEqualTo(ProblemType.STATEMENT_NOT_READY);
        assertThat(asked).as("each call goes on where the last one stopped").isLessThan(50);
      }
    }
  }

  /** Statements with parts of three facts, on a clock that goes on a second at each look. */
  private Statements small() {
    return new Statements(
        objects, ledger, () -> now.getAndUpdate(instant -> instant.plusSeconds(1)), 3);
  }

  @Test
  void statementOfADayThatNoCallHasTimeForIsMadeBySeveral() {
    for (int i = 0; i < 25; i++) {
      use("2026-10-10T12:00:00Z", OLD, image(OLD));
      use("2026-11-10T12:00:00Z", OLD, image(OLD));
    }
    now.set(Instant.parse("2026-11-10T13:00:00Z"));

    assertThat(askUntilThereIsAStatement(small(), OCTOBER)).isGreaterThan(1);
    assertThat(askUntilThereIsAStatement(small(), NOVEMBER)).as("today").isGreaterThan(1);

    for (YearMonth month : List.of(OCTOBER, NOVEMBER)) {
      Statement statement = small().find(ACCOUNT, month, LONG).orElseThrow();
      assertThat(statement.totals()).containsExactly(new Total("USD", 250_000));
      assertThat(statement.analyses()).isEqualTo(25);
      assertThat(statement.late()).isEmpty();
    }
  }

  @Test
  void factsAreAddedUpOnceHoweverManyMakeAStatementAtOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      use("2026-10-10T12:00:00Z", OLD, image(OLD));
    }
    now.set(Instant.parse("2026-10-20T13:00:00Z"));
    try (ExecutorService makers = Executors.newFixedThreadPool(4)) {
      List<Future<Statement>> made = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        made.add(makers.submit(() -> small().find(ACCOUNT, OCTOBER, LONG).orElseThrow()));
      }
      for (Future<Statement> each : made) {
        assertThat(each.get().totals()).containsExactly(new Total("USD", 200_000));
      }
    }
    String late = use("2026-10-10T13:00:00Z", OLD, image(OLD));
    now.set(Instant.parse("2026-11-03T00:00:00Z"));
    assertThat(small().find(ACCOUNT, OCTOBER, LONG).orElseThrow().totals())
        .containsExactly(new Total("USD", 210_000));
    String later = use("2026-10-10T14:00:00Z", OLD, image(OLD));

    assertThat(small().find(ACCOUNT, NOVEMBER, LONG).orElseThrow().late())
        .extracting(Statement.LateLine::analysisId)
        .containsExactly(later)
        .doesNotContain(late);
  }

  @Test
  void statementThatAnEarlierVersionClosedCoversTheOnlyPartOfEachDay() {
    use("2026-10-10T12:00:00Z", OLD, image(OLD));
    at("2026-11-03T00:00:00Z", OCTOBER);
    String key = "billing/acme/statements/2026-10.json";
    ObjectNode closed = Json.read(objects.read(key).orElseThrow().body(), ObjectNode.class);
    closed.remove("covered");
    objects.put(key, Json.bytes(closed), "application/json");
    String late = use("2026-10-10T13:00:00Z", OLD, image(OLD));

    assertThat(at("2026-11-04T00:00:00Z", NOVEMBER).late())
        .extracting(Statement.LateLine::analysisId)
        .containsExactly(late);
  }

  @Test
  void csvHasNoFormulas() {
    use("2026-11-10T12:00:00Z", OLD, image(OLD), medium(Modality.VIDEO, 61.0, OLD, null));

    String csv = StatementCsv.of(at("2026-11-10T13:00:00Z", NOVEMBER));

    assertThat(csv.lines())
        .hasSize(4)
        .contains(
            "acme,\"'=Acme <b> & \"\"Sons\"\"\",2026-11,open,charge,image,image,old,USD,0.01,1,1,"
                + "0.01,,",
            "acme,\"'=Acme <b> & \"\"Sons\"\"\",2026-11,open,total,,,,USD,,,,0.11,,");
    assertThat(csv).endsWith("\r\n");
  }

  @Test
  void pageHasNoMarkupOfOthers() {
    use("2026-11-10T12:00:00Z", OLD, image(OLD));

    String page = StatementHtml.of(at("2026-11-10T13:00:00Z", NOVEMBER));

    assertThat(page)
        .contains("=Acme &lt;b&gt; &amp; &quot;Sons&quot;")
        .contains("0.01 USD")
        .doesNotContain("<script", "http");
  }

  @Test
  void storedStatementIsReadAsItWasWritten() {
    use("2026-10-10T12:00:00Z", OLD, image(OLD));
    Statement statement = at("2026-11-10T13:00:00Z", OCTOBER);

    assertThat(Json.read(Json.bytes(statement), Statement.class)).isEqualTo(statement);
  }
}
