package org.touchstone.intake.page;

/**
 * The page on which people sign in.
 *
 * @param next where they go then, relative to the first page
 * @param link a text that signs in once; null when a key is asked for
 * @param organisation whether the organisation's own sign-in is offered
 * @param error why it did not work; null at first
 */
public record SignInView(String next, String link, boolean organisation, String error) {}
