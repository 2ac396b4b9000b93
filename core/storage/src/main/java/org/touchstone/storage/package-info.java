/** The S3-backed stores: S3 is the only database, made safe by conditional writes. */
package org.touchstone.storage;
