/**
 * What the API is sent and answers, one record per schema of its contract. A component that is null
 * is absent in the JSON: not known, or it does not apply. Lists are empty instead.
 */
package org.touchstone.client.model;
