package org.touchstone.mentions.platform;

/**
 * A platform's price list, in millionths of a US dollar. Before a call, its highest possible price
 * is held against the monthly cap; the answer says what it did cost.
 *
 * @param pollPage the most that one page of mentions costs
 * @param conversation the most that reading the posts around a mention costs
 * @param find the most that looking for a reply costs
 * @param reply a reply without a link
 * @param replyWithLink a reply with a link
 */
public record Prices(long pollPage, long conversation, long find, long reply, long replyWithLink) {
  /** A platform that charges nothing. */
  public static final Prices FREE = new Prices(0, 0, 0, 0, 0);
}
