package org.touchstone.judge.chat;

import org.touchstone.judge.cost.Usage;

/**
 * A language model's reply.
 *
 * @param json the answer in JSON, unchecked
 * @param model the model that gave it, as its server names it; null when it does not say
 * @param usage what it took
 */
public record Reply(String json, String model, Usage usage) {}
