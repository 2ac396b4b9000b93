package org.touchstone.billing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.ObjectStore;

/** Everything of one instance over a store. */
final class World {
  final ObjectStore objects;
  final AnalysisStore analyses;
  final Ledger ledger;
  final PriceStore prices;
  final CapStore caps;
  final CapCounter counter;
  final Spending spending;
  final ReservationSweep sweep;

  World(ObjectStore objects, InstantSource clock) {
    this.objects = objects;
    analyses = new AnalysisStore(objects);
    ledger = new Ledger(objects);
    prices = new PriceStore(objects, clock);
    caps = new CapStore(objects, clock);
    counter = new CapCounter(objects, clock);
    EventQueue events =
        new EventQueue(
            () -> {
              throw new IllegalStateException("there is no queue");
            },
            Optional.empty());
    spending = new Spending(objects, prices, caps, counter, ledger, events, clock);
    sweep = new ReservationSweep(objects, counter, spending, analyses, clock, new Random(1));
  }

  /** What counts against a cap at an instant. */
  long used(String accountId, CapLimit limit, Instant at) {
    return counter.used(accountId, at).get(limit);
  }
}
