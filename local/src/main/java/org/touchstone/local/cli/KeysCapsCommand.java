package org.touchstone.local.cli;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.touchstone.billing.CapCounter;
import org.touchstone.billing.CapLimit;
import org.touchstone.billing.CapStanding;
import org.touchstone.billing.CapStore;
import org.touchstone.billing.Caps;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.Money;
import org.touchstone.billing.PriceStore;
import org.touchstone.billing.Spending;
import org.touchstone.domain.Json;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.ObjectStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys caps}. */
@Command(
    name = "caps",
    description = {
      "Shows the caps of an account, or sets those that are given: the most that it may use in a day"
          + " or a month of UTC. They hold within 30 seconds.",
      "Exit code 0: done; 3: there is no such account."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./touchstone keys caps --account ID --analyses-per-day 500 --money-per-month 120.50",
      "  ./touchstone keys caps --account ID --analyses-per-day none"
    })
final class KeysCapsCommand implements Callable<Integer> {
  private static final String NONE = "none";
  private static final int MICROS_DIGITS = 6;

  @Mixin private KeyStoreMixin stores;
  @Spec private CommandSpec spec;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account (default: the first one).")
  private String account;

  @Option(
      names = "--analyses-per-day",
      paramLabel = "N",
      description = "How many analyses in a day; none for any number.")
  private String analysesPerDay;

  @Option(
      names = "--analyses-per-month",
      paramLabel = "N",
      description = "How many analyses in a month; none for any number.")
  private String analysesPerMonth;

  @Option(
      names = "--money-per-day",
      paramLabel = "AMOUNT",
      description =
          "How much money in a day, in the currency of the price list; none for any amount.")
  private String moneyPerDay;

  @Option(
      names = "--money-per-month",
      paramLabel = "AMOUNT",
      description = "How much money in a month; none for any amount.")
  private String moneyPerMonth;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    // Before anything is opened: a mistake is told at once.
    Caps given =
        new Caps(
            number("--analyses-per-day", analysesPerDay),
            number("--analyses-per-month", analysesPerMonth),
            micros("--money-per-day", moneyPerDay),
            micros("--money-per-month", moneyPerMonth));
    return stores.with(all -> change(all, given));
  }

  private int change(KeyStoreMixin.Stores all, Caps given) {
    String id = account == null ? all.first() : account;
    if (all.accounts().find(id).isEmpty()) {
      spec.commandLine().getErr().println("There is no such account.");
      return ExitCode.NOT_RESOLVABLE;
    }
    Spending spending = spending(all.objects());
    if (analysesPerDay != null
        || analysesPerMonth != null
        || moneyPerDay != null
        || moneyPerMonth != null) {
      Caps now = spending.standing(id).caps();
      Caps next =
          new Caps(
              analysesPerDay == null ? now.analysesPerDay() : given.analysesPerDay(),
              analysesPerMonth == null ? now.analysesPerMonth() : given.analysesPerMonth(),
              moneyPerDay == null ? now.microsPerDay() : given.microsPerDay(),
              moneyPerMonth == null ? now.microsPerMonth() : given.microsPerMonth());
      spending.setCaps(id, next);
      all.log("caps.set", id, next.text());
    }
    print(spending.standing(id), currency(all.objects()));
    return ExitCode.ANALYSED;
  }

  private void print(CapStanding standing, String currency) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.string(standing));
    } else {
      boolean any = false;
      for (CapLimit limit : CapLimit.values()) {
        Long cap = limit.of(standing.caps());
        if (cap != null) {
          any = true;
          long used = standing.used().getOrDefault(limit, 0L);
          out.println(
              "%s of %s per %s, until %s"
                  .formatted(
                      limit.isMoney() ? Money.text(used, currency) : used + " analyses",
                      limit.isMoney() ? Money.text(cap, currency) : cap,
                      limit.isDaily() ? "day" : "month",
                      limit.end(standing.at())));
        }
      }
      if (!any) {
        out.println("This account has no caps.");
      }
    }
    out.flush();
  }

  private static Spending spending(ObjectStore objects) {
    InstantSource clock = InstantSource.system();
    return new Spending(
        objects,
        new PriceStore(objects, clock),
        new CapStore(objects, clock),
        new CapCounter(objects, clock),
        new Ledger(objects),
        // Setting a cap is no event.
        new EventQueue(
            () -> {
              throw new IllegalStateException("there is no queue");
            },
            Optional.empty()),
        clock);
  }

  private static String currency(ObjectStore objects) {
    return new PriceStore(objects, InstantSource.system()).current().getLast().currency();
  }

  private Long number(String option, String text) {
    if (text == null || text.equals(NONE)) {
      return null;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw usage(option + " must be a whole number, or none.");
  }

  private Long micros(String option, String text) {
    if (text == null || text.equals(NONE)) {
      return null;
    }
    try {
      long micros = new BigDecimal(text).movePointRight(MICROS_DIGITS).longValueExact();
      if (micros >= 0) {
        return micros;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told below.
    }
    throw usage(option + " must be an amount such as 120.50, or none.");
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
