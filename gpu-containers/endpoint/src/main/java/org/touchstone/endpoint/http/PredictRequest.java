package org.touchstone.endpoint.http;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The file to examine: exactly one of the two fields is set.
 *
 * @param url an address that the configuration allows
 * @param filePath a file below the folder that the configuration allows
 */
record PredictRequest(String url, @JsonProperty("file_path") String filePath) {}
