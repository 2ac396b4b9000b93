package org.touchstone.client.model;

/**
 * A medium that another analysis of the same account has resolved.
 *
 * @param analysisId that analysis
 * @param mediaId the medium
 */
public record ChosenMedium(String analysisId, String mediaId) {}
