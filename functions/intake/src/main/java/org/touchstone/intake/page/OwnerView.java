package org.touchstone.intake.page;

import java.util.List;

/**
 * What the page of a result has for those who own it.
 *
 * @param canChange whether the visitor may share it, give an opinion and delete it
 * @param once a text that makes a repeated request the same request
 * @param shares the addresses at which it is or was shared
 * @param thanks whether the visitor has just given an opinion
 * @param labels the media's labels; empty when the visitor may not label them
 */
public record OwnerView(
    boolean canChange,
    String once,
    List<SharedAddress> shares,
    boolean thanks,
    List<FileLabel> labels) {
  /**
   * What a person found out about a medium.
   *
   * @param kind {@code image}, {@code video} or {@code audio}
   * @param now a sentence about its label; null without one
   */
  public record FileLabel(String sha256, String kind, String now) {
    /** Key of the medium's name among several. */
    public String numberedKey() {
      return ResultView.titleKey(kind) + ".numbered";
    }
  }

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
