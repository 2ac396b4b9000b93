package org.touchstone.intake.page;

import java.util.List;

/**
 * What the page of a result has for those who own it.
 *
 * @param canChange whether the visitor may share it, give an opinion and delete it
 * @param once a text that makes a repeated request the same request
 * @param shares the addresses at which it is or was shared
 * @param thanks whether the visitor has just given an opinion
 */
public record OwnerView(
    boolean canChange, String once, List<SharedAddress> shares, boolean thanks) {
  /**
   * An address.
   *
   * @param id its random part
   * @param path the address relative to the first page
   * @param open whether it shows the result
   * @param until a sentence about its end; null for none
   * @param withMedia whether it shows the media
   */
  public record SharedAddress(
      String id, String path, boolean open, String until, boolean withMedia) {}
}
