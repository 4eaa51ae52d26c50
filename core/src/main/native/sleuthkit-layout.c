/*
 * Prints where the fields of The Sleuth Kit's structures lie, as the properties file that the program reads. For a release
 * of the library that is not known yet, on Debian:
 *
 *   apt-get install libtsk-dev gcc && gcc sleuthkit-layout.c -o /tmp/layout -ltsk && /tmp/layout > sleuthkit-VERSION-amd64.properties
 *
 * and put the file beside the others in the resources of org.latentprint.evidence.image.sleuthkit.
 */
#include <stddef.h>
#include <stdio.h>
#include <tsk/libtsk.h>

#define SIZE(type) printf(#type ".size=%zu\n", sizeof(type))
#define FIELD(type, field) printf(#type "." #field "=%zu\n", offsetof(type, field))

int main(void) {
    printf("# The Sleuth Kit %s: byte offsets of fields, printed by sleuthkit-layout.c\n", tsk_version_get_str());
    SIZE(TSK_IMG_INFO);
    FIELD(TSK_VS_INFO, vstype);
    FIELD(TSK_VS_INFO, offset);
    FIELD(TSK_VS_INFO, block_size);
    FIELD(TSK_VS_INFO, part_list);
    FIELD(TSK_VS_PART_INFO, next);
    FIELD(TSK_VS_PART_INFO, start);
    FIELD(TSK_VS_PART_INFO, len);
    FIELD(TSK_VS_PART_INFO, desc);
    FIELD(TSK_VS_PART_INFO, addr);
    FIELD(TSK_VS_PART_INFO, flags);
    FIELD(TSK_FS_INFO, offset);
    FIELD(TSK_FS_INFO, root_inum);
    FIELD(TSK_FS_INFO, last_inum);
    FIELD(TSK_FS_INFO, first_block);
    FIELD(TSK_FS_INFO, last_block);
    FIELD(TSK_FS_INFO, last_block_act);
    FIELD(TSK_FS_INFO, block_size);
    FIELD(TSK_FS_INFO, ftype);
    FIELD(TSK_FS_FILE, name);
    FIELD(TSK_FS_FILE, meta);
    FIELD(TSK_FS_NAME, name);
    FIELD(TSK_FS_NAME, name_size);
    FIELD(TSK_FS_NAME, meta_addr);
    FIELD(TSK_FS_NAME, meta_seq);
    FIELD(TSK_FS_NAME, type);
    FIELD(TSK_FS_NAME, flags);
    FIELD(TSK_FS_META, flags);
    FIELD(TSK_FS_META, addr);
    FIELD(TSK_FS_META, type);
    FIELD(TSK_FS_META, nlink);
    printf("TSK_FS_META.file_size=%zu\n", offsetof(TSK_FS_META, size));
    FIELD(TSK_FS_META, mtime);
    FIELD(TSK_FS_META, mtime_nano);
    FIELD(TSK_FS_META, atime);
    FIELD(TSK_FS_META, atime_nano);
    FIELD(TSK_FS_META, ctime);
    FIELD(TSK_FS_META, ctime_nano);
    FIELD(TSK_FS_META, crtime);
    FIELD(TSK_FS_META, crtime_nano);
    FIELD(TSK_FS_META, time2.ext2.dtime);
    FIELD(TSK_FS_META, time2.ext2.dtime_nano);
    FIELD(TSK_FS_META, time2.ntfs.fn_mtime);
    FIELD(TSK_FS_META, time2.ntfs.fn_mtime_nano);
    FIELD(TSK_FS_META, time2.ntfs.fn_atime);
    FIELD(TSK_FS_META, time2.ntfs.fn_atime_nano);
    FIELD(TSK_FS_META, time2.ntfs.fn_ctime);
    FIELD(TSK_FS_META, time2.ntfs.fn_ctime_nano);
    FIELD(TSK_FS_META, time2.ntfs.fn_crtime);
    FIELD(TSK_FS_META, time2.ntfs.fn_crtime_nano);
    FIELD(TSK_FS_META, seq);
    FIELD(TSK_FS_META, link);
    FIELD(TSK_FS_ATTR, flags);
    FIELD(TSK_FS_ATTR, name);
    FIELD(TSK_FS_ATTR, name_size);
    FIELD(TSK_FS_ATTR, type);
    FIELD(TSK_FS_ATTR, id);
    printf("TSK_FS_ATTR.content_size=%zu\n", offsetof(TSK_FS_ATTR, size));
    FIELD(TSK_FS_ATTR, nrd.run);
    FIELD(TSK_FS_ATTR, nrd.skiplen);
    FIELD(TSK_FS_ATTR, nrd.initsize);
    FIELD(TSK_FS_ATTR_RUN, next);
    FIELD(TSK_FS_ATTR_RUN, offset);
    FIELD(TSK_FS_ATTR_RUN, addr);
    FIELD(TSK_FS_ATTR_RUN, len);
    FIELD(TSK_FS_ATTR_RUN, flags);
    FIELD(TSK_FS_BLOCK, addr);
    FIELD(TSK_FS_BLOCK, flags);
    FIELD(TSK_POOL_INFO, block_size);
    FIELD(TSK_POOL_INFO, img_offset);
    FIELD(TSK_POOL_INFO, vol_list);
    FIELD(TSK_POOL_INFO, get_img_info);
    FIELD(TSK_POOL_VOLUME_INFO, index);
    FIELD(TSK_POOL_VOLUME_INFO, desc);
    FIELD(TSK_POOL_VOLUME_INFO, block);
    FIELD(TSK_POOL_VOLUME_INFO, next);
    FIELD(TSK_POOL_VOLUME_INFO, flags);
    return 0;
}
