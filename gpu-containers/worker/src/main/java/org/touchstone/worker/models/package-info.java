/** Models brought from S3 into the container's model store. */
package org.touchstone.worker.models;
