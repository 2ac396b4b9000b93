package org.touchstone.endpoint.http;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What to look at: exactly one of the two.
 *
 * @param url an address that the configuration allows
 * @param filePath a file below the folder that the configuration allows
 */
record PredictRequest(String url, @JsonProperty("file_path") String filePath) {}
