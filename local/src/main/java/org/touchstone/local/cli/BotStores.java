package org.touchstone.local.cli;

import java.time.InstantSource;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.Leases;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.ObjectStore;

/**
 * What the bot has stored.
 *
 * @param mentions its mentions
 * @param bot what it knows besides
 */
record BotStores(MentionStore mentions, BotStore bot) {
  static BotStores of(ObjectStore objects) {
    InstantSource clock = InstantSource.system();
    return new BotStores(
        new MentionStore(objects, new Leases(objects, clock), clock), new BotStore(objects));
  }
}
