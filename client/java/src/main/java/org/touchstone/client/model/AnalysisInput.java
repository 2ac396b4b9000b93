package org.touchstone.client.model;

/**
 * The input of an analysis: either a link or an upload.
 *
 * @param url a link to a post or a file
 * @param uploadId a file sent before
 * @param fileName the uploaded file's name, for display only
 * @param medium the one medium of another analysis of this link that is meant; absent for all media
 *     at the link
 */
public record AnalysisInput(String url, String uploadId, String fileName, ChosenMedium medium) {}
