package org.touchstone.intake.page;

/**
 * The first page.
 *
 * @param url the link that the visitor gave; empty at first
 * @param once a text that makes a repeated request the same request
 * @param error why the link was refused; null if it was not
 */
public record HomeView(String url, String once, String error) {}
