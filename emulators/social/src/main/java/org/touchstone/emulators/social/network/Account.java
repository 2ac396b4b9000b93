package org.touchstone.emulators.social.network;

/**
 * An account.
 *
 * @param id its number, as text
 * @param name its name, without the at sign
 * @param isBot whether it says that it is a bot
 */
public record Account(String id, String name, boolean isBot) {}
