/** Storage: the bucket, and the secrets with platforms' keys. */
package org.touchstone.infra.storage;
